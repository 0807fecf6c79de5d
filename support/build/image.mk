# SPDX-License-Identifier: BSD-3-Clause
# From libraries to images: one for each platform of the configuration.

UK_PLATS += $(foreach p,kvm linuxu xenpv xenpvh warden,$(if \
	$(CONFIG_PLAT_$(call uc,$(p))),$(p)))
# UKI_BASE_<platform>: where its images are linked to be. UKI_LOW_<platform>:
# where one more segment is, for code that checks the image: see sum.c, or
# UKI_TABLES_<platform>, for boot tables only.
UK_PLATS := $(sort $(UK_PLATS))
UKI_BASE_linuxu ?= $(if $(UKI_PIE),0,0x400000)
UKI_ENTRY_kvm ?= _start
UKI_ENTRY_linuxu ?= _start
UKI_ENTRY_xenpv ?= _start
UKI_ENTRY_xenpvh ?= _start
# Where rights change, pages do; where none do, nothing needs to, unless a
# process is made of the file. Nor need Xen's loader find pages in it.
UKI_BORDER_kvm ?= $(if $(CONFIG_HARDEN_WX),4096,256)
UKI_BORDER_xenpv ?= $(UKI_BORDER_kvm)
UKI_BORDER_xenpvh ?= $(UKI_BORDER_kvm)
UKI_PAGE_xenpv ?= $(UKI_BORDER_kvm)
UKI_PAGE_xenpvh ?= $(UKI_BORDER_kvm)
UKI_SUM := $(UK_BUILD)/tools/sum
$(UKI_SUM): $(UKI_DIR)/sum.c $(UKI_DIR)/sum.h
	@mkdir -p $(@D)
	@$(HOSTCC) -O2 -Wall -o $@.new $< && mv $@.new $@
UKI_ALIGN := $(if $(CONFIG_OPTIMIZE_LTO),0,$(if \
	$(CONFIG_LIBRARY_PAGES),4096,16))

uki_image = $(UK_BUILD)/$(UK_NAME)_$(1)-$(UKI_ARCH)
uki_libs_for = $(foreach l,$(UKI_LIBS),$(if $(filter $(or \
	$(UKI_PLAT_OF_$(l)),$(1)),$(1)),$(UKI_O_$(l))))
# Optimised across libraries, these are all objects.
uki_libs_list = $(call uki_list,$(call uki_image,$(1)).list,$(call \
	uki_libs_for,$(1)))
uki_libs_short = $(call uki_short,$(call uki_image,$(1)).list,$(call \
	uki_libs_for,$(1)))
# Of relocations only RELR is left, which the image applies itself at boot.
UKI_PIE_LDFLAGS := -pie --no-dynamic-linker -z text -z pack-relative-relocs
# An image that can be relinked has room for gaps, and no two constants in one
# place: -O0 for lld, and rules.mk for GNU ld.
UKI_SPARE := $(if $(CONFIG_RELINK),$(CONFIG_RELINK_SPARE))
UKI_LDFLAGS := -nostdlib -static $(if $(UKI_PIE),$(UKI_PIE_LDFLAGS)) \
	$(if $(and $(UKI_SPARE),$(UKI_LLVM)),-O0) \
	-z noexecstack -z max-page-size=4096 --build-id=none --gc-sections \
	--no-undefined
# HARDEN_<M>_LTO_CFLAGS_<compiler>: what the compiler does not keep by function,
# the link has to say again.
UKI_LTO_HARD = $(foreach m,$(UKI_MITS_library),$(if \
	$(CONFIG_$(UKI_MIT_$(m))_USED),\
	$($(UKI_MIT_$(m))_LTO_CFLAGS_$(UK_COMPILER))))
ifneq ($(CONFIG_OPTIMIZE_LTO),)
UKI_LINK = $(CC) $(UKI_OPT) $(UKI_LTO) $(UKI_ARCH_FLAGS_$(UKI_ARCH)) $(UKI_PIC) \
	$(UKI_LTO_HARD) $(if $(UKI_LLVM),,$(UKI_MAP)) \
	-nostdlib $(if $(UKI_PIE),-static-pie,-static $(if $(UKI_LLVM),,-no-pie)) \
	$(if $(UKI_LLVM),--ld-path=$(LD)) \
	-ffunction-sections -fdata-sections -fno-omit-frame-pointer \
	$(addprefix -Wl$(UKI_COMMA),$(subst $(UKI_SPACE),$(UKI_COMMA),$(strip \
	$(filter-out -nostdlib -static -pie,$(UKI_LDFLAGS)))))
UKI_T := -Wl,-T,
UKI_M := -Wl,-Map=
else
UKI_LINK = $(UKI_IMAGE_LD) $(UKI_LDFLAGS) $(UK_LDFLAGS)
UKI_T := -T
UKI_M := -Map=
endif

# What is in the image, readable without the tree: support/build/note.sh.
UKI_NOTE := $(UK_BUILD)/note.o
$(UKI_NOTE): $(UKI_AUTO) $(UKI_DIR)/note.sh $(UKI_FACTS) $(UKI_SOURCES) FORCE
	$(call uki_run,NOTE,note.o,sh $(UKI_DIR)/note.sh $(UK_BUILD) \
		"$(UK_FULLVERSION)" "$(UK_COMPILER) $(UKI_CC_VERSION)" \
		>$(UK_BUILD)/note.S && $(lastword $(CC)) \
		$(UKI_TARGET_$(UKI_ARCH)) -c $(UK_BUILD)/note.S \
		-o $@.new)
-include $(UKI_NOTE).cmd

# A pointer at an odd address, say, would get another kind, which nobody applies.
UKI_ONLY_RELR = if readelf -rW $@.new | grep R_; then \
	echo 'the image does not apply such relocations (above)' >&2; exit 1; fi

# $(1) platform, $(2) linker script
uki_link_with = $$(UKI_LINK)$(if $(filter-out 4096,$(UKI_PAGE_$(1))), $(if \
	$(CONFIG_OPTIMIZE_LTO),-Wl$(UKI_COMMA))-z$(if \
	$(CONFIG_OPTIMIZE_LTO),$(UKI_COMMA), )max-page-size=$(UKI_PAGE_$(1))) $$(UKI_T)$(2) $$(UKI_M)$(call uki_image,$(1)).map \
	-o $$@.new $$(call uki_libs_short,$(1)) $(UKI_NOTE)
# Mitigation shuffle: the image's own kit is in it.
uki_shuffles = $(and $(filter kvm,$(1)),$(CONFIG_HARDEN_SHUFFLE))
uki_link = $(if $(call uki_shuffles,$(1)),sh $(UKI_DIR)/shuffle.sh $(UKI_MKKIT) \
	$$@.new $(2) $(call uki_image,$(1)).map "$(call \
	uki_link_with,$(1),$$@.new.lds)" $(call uki_libs_for,$(1)),$(call \
	uki_link_with,$(1),$(2)))
UKI_MKKIT := $(UK_BUILD)/tools/mkkit
# Mitigation bytes. What looks like such an instruction by chance is moved.
UKI_FORBIDDEN = $(PYTHON) $(UK_ROOT)/support/report/forbidden.py --facts $(UKI_FACTS)
uki_bytes = sh $(UKI_DIR)/apart.sh $(2) $$@.new "$(UKI_FORBIDDEN)" \
	'$(call uki_link,$(1),$(2).wide)'

# Mitigation wx. The linker makes no stack executable, whatever an object asks
# for: code that needs it would only be met when it runs.
UKI_STACKS = $(PYTHON) $(UK_ROOT)/support/report/stacks.py $(UKI_OBJECTS)

define uki_platform
$(call uki_image,$(1)).lds: $(call uki_libs_for,$(1)) \
		$(call uki_libs_list,$(1)) $(UKI_DIR)/lds.sh FORCE
	$$(call uki_run,LDS,$$(notdir $$@),$(if \
		$(UKI_LOW_$(1)),LOW=$(UKI_LOW_$(1)) )$(if \
		$(UKI_TABLES_$(1)),TABLES=$(UKI_TABLES_$(1)) )$(if \
		$(UKI_BORDER_$(1)),BORDER=$(UKI_BORDER_$(1)) )$(if \
		$(UKI_PIE),PIE=1 )$(if \
		$(UKI_SPARE),SPARE=$(UKI_SPARE) )$(if \
		$(call uki_shuffles,$(1)),SHUFFLE=1 )sh \
		$(UKI_DIR)/lds.sh $(UKI_BASE_$(1)) \
		$(UKI_ENTRY_$(1)) $(UKI_ALIGN) $$(NM) \
		$$(call uki_libs_short,$(1)) >$$@.new)
$(call uki_image,$(1)).dbg: $(call uki_image,$(1)).lds \
		$(call uki_libs_for,$(1)) $(call uki_libs_list,$(1)) \
		$(UKI_NOTE) FORCE \
		$(if $(UKI_LOW_$(1)),$(UKI_SUM)) $(if \
		$(call uki_shuffles,$(1)),$(UKI_MKKIT) $(UKI_DIR)/shuffle.sh)
	$$(call uki_run,LINK,$$(notdir $$@),$(call uki_link,$(1),$$<)$(if \
		$(CONFIG_HARDEN_WX), && $(UKI_STACKS))$(if \
		$(CONFIG_HARDEN_BYTES), && $(call uki_bytes,$(1),$$<))$(if \
		$(UKI_PIE), && $$(UKI_ONLY_RELR))$(if \
		$(UKI_LOW_$(1)), && $(UKI_SUM) $$@.new))
$(call uki_image,$(1)): $(call uki_image,$(1)).dbg FORCE
	$$(call uki_run,STRIP,$$(notdir $$@),$$(OBJCOPY) --strip-all \
		--keep-section=.note.redoubt \
		--remove-section=.redoubt.sources $$< $$@.new$(if $(UKI_BUDGETS), && \
		$(PYTHON) $(UK_ROOT)/support/report/size.py --check $$@.new))
-include $(call uki_image,$(1)).lds.cmd $(call uki_image,$(1)).dbg.cmd
-include $(call uki_image,$(1)).cmd
UKI_IMAGES += $(call uki_image,$(1))
UKI_FLAT += $(if $(and $(filter kvm,$(1)),$(CONFIG_ARCH_ARM64)),$(call \
	uki_image,$(1)).bin)
UKI_HELD += $(if $(and $(filter kvm,$(1)),$(CONFIG_HARDEN_HVRO)),$(call \
	uki_image,$(1)).ro)
endef
$(foreach p,$(UK_PLATS),$(eval $(call uki_platform,$(p))))

# Mitigation hvro: what the hypervisor gets to hold.
%.ro: % $(UK_ROOT)/support/run/rofile FORCE
	$(call uki_run,RO,$(notdir $@),sh $(UK_ROOT)/support/run/rofile $< $@.new)
-include $(addsuffix .cmd,$(UKI_HELD))

# What loaders take as a Linux kernel: the image as it lies in memory.
%.bin: % FORCE
	$(call uki_run,FLAT,$(notdir $@),$(OBJCOPY) -O binary $< $@.new)
-include $(addsuffix .cmd,$(UKI_FLAT))

fetch: $(UK_FETCH-y)
prepare: fetch $(UK_PREPARE) $(UK_PREPARE-y)
objs: $(foreach l,$(UKI_LIBS),$(UKI_OBJS_$(l)))
libs: $(foreach l,$(UKI_LIBS),$(UKI_O_$(l)))
images: $(UKI_IMAGES) $(UKI_HELD) $(UKI_FLAT) $(UK_BUILD)/compile_commands.json
	@rm -f $(filter-out $(UKI_HELD),$(UKI_IMAGES:=.ro))
	@printf '%s\n' $(UKI_IMAGES) >$(UK_BUILD)/images

# For editors: every compile step as it was run.
$(UK_BUILD)/compile_commands.json: $(foreach l,$(UKI_LIBS),$(UKI_OBJS_$(l)))
	@cat $(^:%=%.cmd) | $(AWK) -v dir="$(UK_BUILD)" \
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
