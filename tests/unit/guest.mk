# SPDX-License-Identifier: BSD-3-Clause
# Tests of code that has the names of the host's own C library. The sources are
# compiled against the guest's headers only, linked into one object, and every
# exported name gets the prefix nl_ there: a test calls nl_strlen() and
# strlen() side by side.
#
# $(call guest,NAME,SOURCES,EXPORTS,INCLUDES,USERS,COMPILER,FLAGS): an object
# for the programs USERS, which are of the form unit/<name> or fuzz/<name>.
# EXPORTS are files with names, one a line.
ifndef guest

.PHONY: guest-always
guest-always:

guest_dir = $(TEST_DIR)/guest/$(1)
guest_object = $(call guest_dir,$(1))/$(subst /,+,$(basename $(2))).o
# As in an image: nothing may turn into a call of itself.
guest_cflags = -std=gnu17 -ffreestanding -nostdinc \
	-isystem $(shell $(1) -print-file-name=include) -g -O2 -Wall -Wextra \
	-Werror -Wmissing-prototypes -fno-omit-frame-pointer \
	-fno-strict-aliasing $(if $(filter gcc,$(1)),$\
	-fno-tree-loop-distribute-patterns) \
	-fsanitize=address,undefined -fno-sanitize-recover=all

# Tests are built side by side, each by a make of its own: one of them makes the
# object, in a make that the others wait for.
define guest
$(foreach u,$(5),$(eval $(TEST_DIR)/$(u)/test: $(TEST_DIR)/guest/$(1).o))
$(TEST_DIR)/guest/$(1).o: guest-always
	@mkdir -p $(call guest_dir,$(1))
	@flock $(call guest_dir,$(1))/lock sh -c '$(MAKE) -f tests/host.mk \
		TEST_DIR=$(TEST_DIR) guest/$(1) && \
		{ cmp -s $(call guest_dir,$(1))/all.o $$@ || \
		cp $(call guest_dir,$(1))/all.o $$@; }'

.PHONY: guest/$(1)
guest/$(1): $(call guest_dir,$(1))/all.o
$(call guest_dir,$(1))/all.o: $(foreach s,$(2),$(call \
		guest_object,$(1),$(s))) $(3)
	@ld -r -o $$@.r $$(filter %.o,$$^)
	@sed 's/.*/& nl_&/' $(3) >$$@.names
	@objcopy --redefine-syms=$$@.names $$@.r $$@.new && rm -f $$@.r && \
		mv $$@.new $$@
$(foreach s,$(2),$(eval $(call guest_compile,$(call \
	guest_object,$(1),$(s)),$(s),$(6),$(4) $(7))))
endef
define guest_compile
$(1): $(2) $$(MAKEFILE_LIST)
	@mkdir -p $$(@D)
	@$$(CCACHE) $(3) $$(call guest_cflags,$(3)) -D__LIBNAME__='"test"' \
		-D__BASENAME__='"$(notdir $(2))"' $(4) -MMD -MP -MF $$@.d \
		-c $(2) -o $$@
-include $(1).d
endef

# All of nolibc and what it stands on. relocate.c is the image's own: its table
# is the linker script's.
guest_nolibc := $(filter-out core/base/relocate.c,$\
	$(wildcard core/base/*.c core/time/*.c libs/nolibc/*/*.c)) \
	libs/nolibc/arch/x86_64/jump.S
guest_exports := core/base/exportsyms.uk libs/nolibc/exportsyms.uk
guest_includes := -Itests/unit/nolibc/include -Ilibs/nolibc/include \
	-Icore/base/include -Icore/debug/include -Icore/boot/include \
	-Icore/time/include -Ialloc/alloc/include -Iarch/x86_64/include
endif
