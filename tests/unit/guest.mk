# SPDX-License-Identifier: BSD-3-Clause
# Units whose code has the names of the host's own C library. The sources are
# compiled against the guest's headers only, linked into one object, and every
# exported name gets the prefix nl_ there: the test calls nl_strlen() and
# strlen() side by side.
#
# $(call guest,NAME,SOURCES,EXPORTS,INCLUDES,USERS): an object for the programs
# USERS, which are of the form unit/<name> or fuzz/<name>.
ifndef guest

GUEST_DIR = $(TEST_DIR)/guest
guest_object = $(GUEST_DIR)/$(1)/$(subst /,+,$(basename $(2))).o
GUEST_CFLAGS = -std=gnu17 -ffreestanding -nostdinc -isystem \
	$(shell $(1) -print-file-name=include) -g -O1 -Wall -Wextra -Werror \
	-Wmissing-prototypes -fno-omit-frame-pointer -fno-strict-aliasing \
	-fsanitize=address,undefined -fno-sanitize-recover=all

define guest
$(foreach u,$(5),$(eval $(TEST_DIR)/$(u)/test: $(GUEST_DIR)/$(1).o))
$(GUEST_DIR)/$(1).o: $(foreach s,$(2),$(call guest_object,$(1),$(s))) $(3)
	@$(HOSTCC) -r -nostdlib -o $$@.r $$(filter %.o,$$^)
	@sed 's/.*/& nl_&/' $(3) >$$@.names
	@objcopy --redefine-syms=$$@.names $$@.r $$@.new && rm -f $$@.r && \
		mv $$@.new $$@
$(foreach s,$(2),$(eval $(call guest_compile,$(call guest_object,$(1),$(s)),$(s),$(4))))
endef
define guest_compile
$(1): $(2) $$(MAKEFILE_LIST)
	@mkdir -p $$(@D)
	@$$(CCACHE) $$(HOSTCC) $$(call GUEST_CFLAGS,$$(HOSTCC)) \
		-D__LIBNAME__='"test"' -D__BASENAME__='"$(notdir $(2))"' $(3) \
		-MMD -MP -MF $$@.d -c $(2) -o $$@
-include $(1).d
endef
endif
