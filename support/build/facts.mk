# SPDX-License-Identifier: BSD-3-Clause
# What the image's note shall say of each library: two files, written as soon
# as they would say something new. note.sh reads them.
#
# LIBX_HARDEN_EXEMPT_<M> := reason: the library goes without the mitigation.
# LIBX_HARDEN_EXCEPT_<M> := function file.c ...: reason: these go without it.
# LIBX_BUDGET_TEXT := 12000: the most bytes that its text may have; RODATA, DATA
# and BSS as well; IMAGE_BUDGET_*, with FILE, for the whole. More is an error.

uki_except = $($(1)_HARDEN_EXCEPT_$(patsubst HARDEN_%,%,$(UKI_MIT_$(2))))
# $(1) library, $(2) UC: lines, each with an end of its own
uki_fact_lines = claim $(1) $(strip $(call uki_claims,$(2)))$(UKI_NEWLINE)$(if \
	$(UKI_PLAT_OF_$(1)),plat $(1) $(UKI_PLAT_OF_$(1))$(UKI_NEWLINE))$(foreach \
	h,$(wildcard $($(2)_BASE)/source.hash),hash $(1) $(h)$(UKI_NEWLINE))$(foreach \
	m,bytes,$(if $(call uki_except,$(2),$(m)),except $(1) $(m) $(call \
	uki_except,$(2),$(m))$(UKI_NEWLINE)))$(foreach \
	m,$(UKI_MITS_library),$(if $(call uki_exempt,$(2),$(m)),exempt $(1) $(m) $(call \
	uki_exempt,$(2),$(m))$(UKI_NEWLINE)))$(foreach m,$(call \
	uki_claims,$(2)),$(if $(call uki_except,$(2),$(m)),except $(1) $(m) $(call \
	uki_except,$(2),$(m))$(UKI_NEWLINE)))
# As the compiler was told to name it: no path of a machine.
uki_source_name = $(patsubst $(APP_BASE)/%,app/%,$(patsubst \
	$(UK_ROOT)/%,./%,$(patsubst $(UK_BUILD)/%,build/%,$(1))))
uki_source_lines = $(foreach s,$(call uki_srcs,$(2)),$(1) $(foreach d,$(call \
	uki_path,$(s)),$(if $(filter own,$(UKI_ORIGIN_OF_$(1))),$(d:$(UK_ROOT)/%=./%),$(call \
	uki_source_name,$(d))))$(UKI_NEWLINE))
uki_each = $(subst $(UKI_NEWLINE)$(UKI_SPACE),$(UKI_NEWLINE),$(foreach \
	l,$(UKI_LIBS),$(if $(UKI_OBJS_$(l)),$(call $(1),$(l),$(UKI_UC_$(l))))))

uki_bytes = $(if $(filter 0,$(shell expr '$(2)' : '[0-9]*$$')),$(error \
	$(1): '$(2)' is not a number of bytes),$(2))
uki_budget = $(foreach k,TEXT RODATA DATA BSS FILE,$(foreach n,$($(2)_BUDGET_$(k)),budget \
	$(1) $(call lc,$(k)) $(call uki_bytes,$(2)_BUDGET_$(k),$(n))$(UKI_NEWLINE)))
UKI_BUDGETS := $(foreach l,image $(UKI_LIBS),$(call uki_budget,$(l),$(call uc,$(l))))
ifeq ($(strip $(UKI_BUDGETS)),)
UKI_BUDGETS :=
endif

UKI_FACTS := $(UK_BUILD)/facts
UKI_SOURCES := $(UK_BUILD)/sources
UKI_FACTS_NOW := image $(strip $(foreach m,$(UKI_MITIGATIONS),$(if $(filter \
	y,$(CONFIG_$(UKI_MIT_$(m)))),$(m))))$(UKI_NEWLINE)$(foreach \
	l,$(UKI_UNCHECKED),unchecked $(l)$(UKI_NEWLINE))$(foreach \
	m,$(UKI_MITIGATIONS),$(foreach n,$(firstword $(foreach w,$(UK_COMPILER) \
	$(UKI_ARCH),$(if $($(UKI_MIT_$(m))_NOTE_$(w)),$(w)))),gap $(m) \
	$($(UKI_MIT_$(m))_NOTE_$(n))$(UKI_NEWLINE)))$(UKI_BUDGETS)$(call \
	uki_each,uki_fact_lines)
UKI_SOURCES_NOW := $(call uki_each,uki_source_lines)
# What images are linked of: for the proof that no object wants more rights.
UKI_OBJECTS := $(UK_BUILD)/objects
uki_object_lines = $(foreach o,$(UKI_OBJS_$(1)),$(1) $(o)$(UKI_NEWLINE))
uki_write = $(if $(call uki_differs,$(strip $(file <$(1))),$(strip \
	$(2))),$(file >$(1),$(2)))
$(call uki_write,$(UKI_FACTS),$(UKI_FACTS_NOW))
$(call uki_write,$(UKI_SOURCES),$(UKI_SOURCES_NOW))
$(call uki_write,$(UKI_OBJECTS),$(call uki_each,uki_object_lines))
