# SPDX-License-Identifier: BSD-3-Clause
# From libraries to images: one for each platform of the configuration.

UK_PLATS += $(foreach p,kvm linuxu xen warden,$(if \
	$(CONFIG_PLAT_$(call uc,$(p))),$(p)))
UK_PLATS := $(sort $(UK_PLATS))
UKI_BASE_kvm ?= 0x100000
UKI_BASE_linuxu ?= 0x400000
UKI_ENTRY_kvm ?= _start
UKI_ENTRY_linuxu ?= _start
# One more segment below the image, for code that checks it: see sum.c.
UKI_LOW_kvm ?= 0x90000
# Where rights change, pages do; where none do, on kvm, nothing needs to.
UKI_BORDER_kvm ?= $(if $(CONFIG_HARDEN_WX),4096,256)
UKI_SUM := $(UK_BUILD)/tools/sum
$(UKI_SUM): $(UKI_DIR)/sum.c
	@mkdir -p $(@D)
	@$(HOSTCC) -O2 -Wall -o $@.new $< && mv $@.new $@
UKI_ALIGN := $(if $(CONFIG_OPTIMIZE_LTO),0,$(if \
	$(CONFIG_LIBRARY_PAGES),4096,16))

uki_image = $(UK_BUILD)/$(UK_NAME)_$(1)-$(UKI_ARCH)
uki_libs_for = $(foreach l,$(UKI_LIBS),$(if $(filter $(or \
	$(UKI_PLAT_OF_$(l)),$(1)),$(1)),$(UKI_O_$(l))))
UKI_LDFLAGS := -nostdlib -static -z noexecstack -z max-page-size=4096 \
	--build-id=none --gc-sections --no-undefined
# HARDEN_<M>_LTO_CFLAGS_<compiler>: what the compiler does not keep by function,
# the link has to say again.
UKI_LTO_HARD = $(foreach m,$(UKI_MITS_library),$(if \
	$(CONFIG_$(UKI_MIT_$(m))_USED),\
	$($(UKI_MIT_$(m))_LTO_CFLAGS_$(UK_COMPILER))))
ifneq ($(CONFIG_OPTIMIZE_LTO),)
UKI_LINK = $(CC) $(UKI_OPT) $(UKI_LTO) $(UKI_ARCH_FLAGS_$(UKI_ARCH)) -fno-pic \
	$(UKI_LTO_HARD) $(if $(UKI_LLVM),,$(UKI_MAP)) \
	-nostdlib -static $(if $(UKI_LLVM),,-no-pie) $(if $(UKI_LLVM),--ld-path=$(LD)) \
	-ffunction-sections -fdata-sections -fno-omit-frame-pointer \
	$(addprefix -Wl$(UKI_COMMA),$(subst $(UKI_SPACE),$(UKI_COMMA),$(strip \
	$(filter-out -nostdlib -static,$(UKI_LDFLAGS)))))
UKI_T := -Wl,-T,
UKI_M := -Wl,-Map=
else
UKI_LINK = $(LD) $(UKI_LDFLAGS) $(UK_LDFLAGS)
UKI_T := -T
UKI_M := -Map=
endif

# What is in the image, readable without the tree: support/build/note.sh.
UKI_NOTE := $(UK_BUILD)/note.o
$(UKI_NOTE): $(UKI_AUTO) $(UKI_DIR)/note.sh FORCE
	$(call uki_run,NOTE,note.o,sh $(UKI_DIR)/note.sh $(UK_BUILD) \
		"$(UK_FULLVERSION)" "$(UK_COMPILER) $(UKI_CC_VERSION)" \
		>$(UK_BUILD)/note.S && $(lastword $(CC)) -c $(UK_BUILD)/note.S \
		-o $@.new)
-include $(UKI_NOTE).cmd

define uki_platform
$(call uki_image,$(1)).lds: $(call uki_libs_for,$(1)) $(UKI_DIR)/lds.sh FORCE
	$$(call uki_run,LDS,$$(notdir $$@),$(if \
		$(UKI_LOW_$(1)),LOW=$(UKI_LOW_$(1)) )$(if \
		$(UKI_BORDER_$(1)),BORDER=$(UKI_BORDER_$(1)) )sh \
		$(UKI_DIR)/lds.sh $(UKI_BASE_$(1)) \
		$(UKI_ENTRY_$(1)) $(UKI_ALIGN) $$(NM) \
		$(call uki_libs_for,$(1)) >$$@.new)
$(call uki_image,$(1)).dbg: $(call uki_image,$(1)).lds \
		$(call uki_libs_for,$(1)) $(UKI_NOTE) FORCE \
		$(if $(UKI_LOW_$(1)),$(UKI_SUM))
	$$(call uki_run,LINK,$$(notdir $$@),$$(UKI_LINK) $$(UKI_T)$$< \
		$$(UKI_M)$(call uki_image,$(1)).map -o $$@.new \
		$(call uki_libs_for,$(1)) $(UKI_NOTE)$(if \
		$(UKI_LOW_$(1)), && $(UKI_SUM) $$@.new))
$(call uki_image,$(1)): $(call uki_image,$(1)).dbg FORCE
	$$(call uki_run,STRIP,$$(notdir $$@),$$(OBJCOPY) --strip-all \
		--keep-section=.note.redoubt $$< $$@.new)
-include $(call uki_image,$(1)).lds.cmd $(call uki_image,$(1)).dbg.cmd
-include $(call uki_image,$(1)).cmd
UKI_IMAGES += $(call uki_image,$(1))
endef
$(foreach p,$(UK_PLATS),$(eval $(call uki_platform,$(p))))

fetch: $(UK_FETCH-y)
prepare: fetch $(UK_PREPARE) $(UK_PREPARE-y)
objs: $(foreach l,$(UKI_LIBS),$(UKI_OBJS_$(l)))
libs: $(foreach l,$(UKI_LIBS),$(UKI_O_$(l)))
# What each library claims, and what it leaves out and why, for the report.
# LIBX_HARDEN_EXEMPT_<M> := reason: the library goes without the mitigation.
# LIBX_HARDEN_EXCEPT_<M> := function file.c ...: reason: these go without it.
define uki_claim_lines
claim $(1) $(call uki_claims,$(2))
$(foreach m,$(UKI_MITS_library),$(if $(call uki_exempt,$(2),$(m)),exempt $(1) $(m) $(call \
	uki_exempt,$(2),$(m))$(UKI_NEWLINE))$(if $(call \
	uki_except,$(2),$(m)),except $(1) $(m) $(call \
	uki_except,$(2),$(m))$(UKI_NEWLINE)))
endef
define UKI_NEWLINE


endef
uki_except = $($(1)_HARDEN_EXCEPT_$(patsubst HARDEN_%,%,$(UKI_MIT_$(2))))
UKI_CLAIMS = $(foreach l,$(UKI_LIBS),$(call \
	uki_claim_lines,$(l),$(UKI_UC_$(l)))$(UKI_NEWLINE))

images: $(UKI_IMAGES) $(UK_BUILD)/compile_commands.json
	$(file >$(UK_BUILD)/claims,$(UKI_CLAIMS))
	@printf '%s\n' $(UKI_IMAGES) >$(UK_BUILD)/images

# For editors: every compile step as it was run.
$(UK_BUILD)/compile_commands.json: $(foreach l,$(UKI_LIBS),$(UKI_OBJS_$(l)))
	@cat $(^:%=%.cmd) | $(AWK) -v dir="$(UK_ROOT)" \
		-f $(UKI_DIR)/commands.awk >$@.new && mv $@.new $@
# How many steps a cold build has, for the counter.
UKI_TOTAL := $(if $(wildcard $(UK_BUILD)/images),,$(words \
	$(sort $(foreach l,$(UKI_LIBS),$(UKI_OBJS_$(l)) $(UKI_O_$(l)))) \
	note $(UKI_IMAGES) $(UKI_IMAGES) $(UKI_IMAGES)))

# For scripts and tests.
.PHONY: print-libs print-objs print-images print-srcs print-vars
print-libs:
	@printf '%s\n' $(UKI_LIBS)
print-objs:
	@printf '%s\n' $(foreach l,$(UKI_LIBS),$(UKI_OBJS_$(l)))
print-images:
	@printf '%s\n' $(UKI_IMAGES)
print-srcs:
	@printf '%s\n' $(foreach l,$(UKI_LIBS),$(foreach s,$(call \
		uki_srcs,$(UKI_UC_$(l))),$(call uki_path,$(s))))
# What a library is built with: the report holds it against the objects.
print-claims:
	@printf '%s\n' $(foreach l,$(UKI_LIBS),"$(l): $(call \
		uki_claims,$(UKI_UC_$(l)))")
