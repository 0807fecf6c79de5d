# SPDX-License-Identifier: BSD-3-Clause
# From sources to one relocatable object a library.

UKI_STAMPS := $(UK_BUILD)/include/config
UKI_FIXDEP := $(UK_BUILD)/tools/fixdep
$(UKI_FIXDEP): $(UKI_DIR)/fixdep.c $(UKI_DIR)/words.h
	@mkdir -p $(@D)
	@$(HOSTCC) -O2 -Wall -o $@.new $< && mv $@.new $@

# ---- headers that a library sees ----------------------------------------
# Our own libraries see their own include/, the CPU's, and those of the
# libraries that they declare, transitively. Applications and external
# libraries declare nothing: they see every library that is on.
uki_libc := $(if $(CONFIG_LIBNOLIBC),libnolibc)$(if $(CONFIG_LIBMUSL),libmusl)
uki_dep_names = $(filter $(UKI_LIBS),$(subst __libc__,$(uki_libc),$(patsubst \
	libc,__libc__,$($(UKI_UC_$(1))_DEPENDS-y))))
uki_closure = $(if $(strip $(1)),$(call uki_closure,$(filter-out $(2) $(1),$(sort \
	$(foreach l,$(1),$(call uki_dep_names,$(l))))),$(2) $(1)),$(2))
uki_inc_dir = $(wildcard $($(UKI_UC_$(1))_BASE)/include)
uki_all_incs := $(foreach l,$(UKI_LIBS),$(call uki_inc_dir,$(l)))
uki_seen = $(if $(filter own,$(UKI_ORIGIN_OF_$(1))),$(foreach l,$(call \
	uki_closure,$(1),),$(call uki_inc_dir,$(l))),$(sort \
	$(call uki_inc_dir,$(1)) $(uki_all_incs)))
# LIBX_HEADERS: folders of a port's headers, which whoever sees libx sees, in
# this order, behind those of our own. The port itself says what it includes.
uki_ported = $(foreach l,$(filter-out $(1),$(if $(filter \
	own,$(UKI_ORIGIN_OF_$(1))),$(call uki_closure,$(1),),$(UKI_LIBS))),$($(UKI_UC_$(l))_HEADERS))
uki_incs = $(sort $(addprefix -I,$(call uki_seen,$(1)) \
	$(UK_ROOT)/arch/$(UKI_ARCH)/include)) $(foreach d,$(call \
	uki_ported,$(1)),-isystem $(d))

# path|variant: compiled once more under another name with flags of its own.
uki_srcs = $($(1)_SRCS) $($(1)_SRCS-y)
uki_path = $(firstword $(subst |, ,$(1)))
uki_variants = $(wordlist 2,9,$(subst |, ,$(1)))

# ---- flags of a library -------------------------------------------------
# Each has an <uk/config.h> of its own, in its build folder, with the options that
# it and the headers that it sees name: options.c.
define uki_lib_flags
UKI_CONF_$(2) := $(if $(strip $(call uki_srcs,$(2))),-I$($(2)_BUILD))
UKI_INC_$(2) := $(call uki_incs,$(1)) $($(2)_CINCLUDES) $($(2)_CINCLUDES-y) \
	$(if $(filter own,$(UKI_ORIGIN_OF_$(1))),,$(CINCLUDES) $(CINCLUDES-y))
UKI_HARD_$(2) := $(strip $(call uki_harden,$(2)))
UKI_BASEFLAGS_$(2) := $(if $(filter \
	own,$(UKI_ORIGIN_OF_$(1))),,$(UKI_MAP_OTHER)) $$(UKI_CONF_$(2)) $(UKI_COMMON) -D__LIBNAME__=\"$(1:lib%=%)\" \
	$(call uki_room_flags,$($(2)_BASE)) \
	$(if $(and $(filter own,$(UKI_ORIGIN_OF_$(1))),$(if \
	$($(2)_ORIGIN),,y)),$(UKI_WARN_OWN),$(UKI_WARN_OTHER)) \
	$(COMPFLAGS) $(COMPFLAGS-y)
endef
$(foreach l,$(UKI_LIBS),$(eval $(call uki_lib_flags,$(l),$(UKI_UC_$(l)))))

uki_looks_into = $(addsuffix /,$($(1)_BASE) $(filter-out -%,$(patsubst \
	-I%,%,$(UKI_INC_$(1)) $(filter -I%,$(UKI_HARD_$(1)))))) $(patsubst \
	%/,%,$(sort $(dir $(foreach s,$(call uki_srcs,$(1)),$(call uki_path,$(s))))))
UKI_OPTIONS := $(UK_BUILD)/tools/options
$(file >$(UK_BUILD)/kconfig/options,$(foreach l,$(UKI_LIBS),$(if \
	$(UKI_CONF_$(UKI_UC_$(l))),$($(UKI_UC_$(l))_BUILD)/uk/config.h $(call \
	uki_looks_into,$(UKI_UC_$(l)))$(UKI_NEWLINE))))
ifneq ($(shell { { test $(UKI_OPTIONS) -nt $(UKI_DIR)/options.c && \
	test $(UKI_OPTIONS) -nt $(UKI_DIR)/words.h; } || \
	{ mkdir -p $(UK_BUILD)/tools && $(HOSTCC) -O2 -Wall -o $(UKI_OPTIONS).new \
	$(UKI_DIR)/options.c && mv $(UKI_OPTIONS).new $(UKI_OPTIONS); }; } && \
	$(UKI_OPTIONS) $(UK_BUILD)/include/uk/config.h \
	$(UK_BUILD)/kconfig/options $(UK_BUILD)/kconfig/options.done && echo y),y)
$(error the options of the libraries cannot be sorted out)
endif

uki_cflags = $(UKI_C) $(UKI_LTO) $(UKI_BASEFLAGS_$(1)) $(CFLAGS) $(CFLAGS-y) \
	$(UKI_HARD_$(1)) $(UKI_INC_$(1)) $($(1)_CFLAGS) $($(1)_CFLAGS-y) \
	$(UK_CFLAGS)
uki_cxxflags = $(UKI_LTO) $(UKI_BASEFLAGS_$(1)) $(CXXFLAGS) $(CXXFLAGS-y) \
	$(filter-out -Wmissing-prototypes -Wstrict-prototypes,$(UKI_HARD_$(1))) \
	$(UKI_INC_$(1)) $(CXXINCLUDES-y) $($(1)_CXXINCLUDES-y) \
	$($(1)_CXXFLAGS) $($(1)_CXXFLAGS-y) -fno-exceptions -fno-rtti $(UK_CXXFLAGS)
uki_asflags = -D__ASSEMBLY__ $(UKI_BASEFLAGS_$(1)) $(UKI_INC_$(1)) $(ASFLAGS) \
	$(ASFLAGS-y) $($(1)_ASINCLUDES-y) $($(1)_ASFLAGS) $($(1)_ASFLAGS-y) \
	$(UK_ASFLAGS)

# ---- one rule a source --------------------------------------------------
uki_stem = $(basename $(notdir $(call uki_path,$(1))))
uki_obj = $($(2)_BUILD)/$(subst $(UKI_SPACE),.,$(strip $(call uki_stem,$(1)) \
	$(call uki_variants,$(1)))).o
uki_file_flags = $(foreach k,FLAGS INCLUDES,$($(1)_$(2)_$(k)) $($(1)_$(2)_$(k)-y) \
	$(foreach v,$(3),$($(1)_$(2)_$(call uc,$(v))_$(k)) \
	$($(1)_$(2)_$(call uc,$(v))_$(k)-y)))
uki_tool_.c = CC
uki_tool_.S = AS
uki_tool_.s = AS
uki_tool_.sx = AS
uki_tool_.cc = CXX
uki_tool_.cpp = CXX
uki_tool_.cxx = CXX
uki_tool_.C = CXX
uki_cmd_CC = $(CC) $(call uki_cflags,$(1))
uki_cmd_AS = $(CC) $(call uki_asflags,$(1))
uki_cmd_CXX = $(CXX) $(call uki_cxxflags,$(1))

# Compilers run in the build folder and name what is in it from there: wherever
# that folder is, they are told the same, and a compiler cache knows them again.
uki_inside = cd $(UK_BUILD) && $(subst $(UK_BUILD)/,,$(1))

# $(1) lib, $(2) UC, $(3) source entry, $(4) object, $(5) path
define uki_object
ifneq ($(filter $(4),$(UKI_OBJS_$(1))),)
$$(error $(1): two sources become $(notdir $(4)): give one a |variant)
endif
UKI_OBJS_$(1) += $(4)
UKI_FILE_$(4) := $(strip $(call uki_file_flags,$(2),$(call \
	uc,$(call uki_stem,$(3))),$(call uki_variants,$(3))))
$(4): $(5) $($(2)_PREPARED) FORCE | $(UKI_FIXDEP) $(UK_FETCH-y) $(UK_PREPARE) $(UK_PREPARE-y)
	$$(call uki_run,$(uki_tool_$(suffix $(5))),$(1:lib%=%)/$(notdir $(call \
		uki_path,$(3))),$$(call uki_inside,$$(call \
		uki_cmd_$(uki_tool_$(suffix $(5))),$(2)) \
		-D__BASENAME__=\"$(notdir $(5))\" $$(UKI_FILE_$(4)) \
		-MD -MF $$@.d -MT $$@ -c $(5) -o $$@.new),$$@.d)
-include $(4).cmd
endef

# GNU ld merges constants of the whole image into one, unless told here.
UKI_APART := $(if $(CONFIG_RELINK),$(if $(UKI_LLVM),,--set-section-flags \
	'.rodata*=alloc$(UKI_COMMA)load$(UKI_COMMA)readonly$(UKI_COMMA)data'))
# The library: its objects in one, names that it does not export made local.
# The type that assembly's own libraries have for a function is not a name.
uki_types := $(if $(CONFIG_HARDEN_KCFI_USED),-w --keep-global-symbol='__kcfi_typeid_*')
define uki_library
$(foreach s,$(call uki_srcs,$(2)),$(eval $(call uki_object,$(1),$(2),$(s),$(call \
	uki_obj,$(s),$(2)),$(call uki_path,$(s)))))
UKI_O_$(1) := $(if $(CONFIG_OPTIMIZE_LTO),$(UKI_OBJS_$(1)),$(if \
	$(UKI_OBJS_$(1)),$(UK_BUILD)/$(1).o))
$(UK_BUILD)/$(1).o: $$(UKI_OBJS_$(1)) $($(2)_EXPORTS) $$(call \
		uki_list,$(UK_BUILD)/$(1).o.list,$$(UKI_OBJS_$(1))) FORCE
	$$(call uki_run,LD,$(1).o,$$(LD) -r -z noexecstack -o $$@.r \
		$$(call uki_short,$$@.list,$$(UKI_OBJS_$(1))) && $$(OBJCOPY) $$(UKI_APART) $(foreach \
		e,$($(2)_EXPORTS),--keep-global-symbols=$(e) $(uki_types)) \
		$$@.r $$@.new && rm -f $$@.r)
-include $(UK_BUILD)/$(1).o.cmd
endef
uki_compiled := $(foreach l,$(UKI_LIBS),$(if $(strip $(call \
	uki_srcs,$(UKI_UC_$(l)))),$(l)))
$(shell mkdir -p $(foreach l,$(uki_compiled),$($(UKI_UC_$(l))_BUILD)))
$(foreach l,$(uki_compiled),$(eval $(call uki_library,$(l),$(UKI_UC_$(l)))))
