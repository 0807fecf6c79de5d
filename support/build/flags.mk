# SPDX-License-Identifier: BSD-3-Clause
# Compiler flags: what every source gets, what a room adds, what the hardening
# profile of a library adds. Order on the command line: all, library's
# hardening, library's own, file's own; the last word wins.

UKI_ARCH := $(if $(CONFIG_ARCH_X86_64),x86_64)$(if \
	$(CONFIG_ARCH_ARM64),arm64)$(if $(CONFIG_ARCH_ARM),arm)
ARCH := $(UKI_ARCH)
CONFIG_UK_ARCH := "$(UKI_ARCH)"

UKI_OPT := $(if $(CONFIG_OPTIMIZE_SIZE),-Os)$(if $(CONFIG_OPTIMIZE_NONE),-Og)
UKI_OPT := $(or $(UKI_OPT),-O2)
# Same input, same bits: no path of a machine in an object. The last word wins:
# a build folder is often inside the tree.
UKI_MAP_TREE = -ffile-prefix-map=$(UK_ROOT)=. -ffile-prefix-map=$(UK_BUILD)=.
# Only for what is not ours: another application must not rebuild all of us.
UKI_MAP_OTHER = -ffile-prefix-map=$(APP_BASE)=app $(foreach \
	d,$(UKI_EXTERNAL),-ffile-prefix-map=$(d)=lib/$(notdir $(d)))
UKI_MAP = $(UKI_MAP_OTHER) $(UKI_MAP_TREE)
UKI_COMMON = -ffreestanding -nostdinc -idirafter $(UKI_CC_INCLUDE) \
	-I$(UK_BUILD)/include $(UKI_MAP_TREE) \
	$(UKI_OPT) $(if $(CONFIG_DEBUG_SYMBOLS),-g,-g0) \
	-fno-omit-frame-pointer -fno-optimize-sibling-calls \
	-ffunction-sections -fdata-sections -fno-common -fvisibility=hidden \
	$(UKI_PIC) -fno-asynchronous-unwind-tables -fno-unwind-tables \
	-fno-strict-aliasing -D__REDOUBT__ -D__Unikraft__ \
	-DUK_FULLVERSION=$(UK_FULLVERSION) $(UKI_ARCH_FLAGS_$(UKI_ARCH))
UKI_ARCH_FLAGS_x86_64 = -m64 -march=x86-64 -mcmodel=small -mno-red-zone \
	-fcf-protection=$(if $(CONFIG_HARDEN_IBT),branch,none)
UKI_ARCH_FLAGS_x86_64 += $(if $(filter gcc,$(UK_COMPILER)),-pipe -fno-stack-check)
# The canary's place: UKARCH_TLS_CANARY_OFFSET. (Clang's own driver knows SP_EL0
# only.) No register is kept for a platform, no helper of a run-time library.
UKI_CANARY_arm64 := guard=sysreg guard-reg=tpidr_el0 guard-offset=8
UKI_ARCH_FLAGS_arm64 = $(UKI_TARGET_arm64) -march=armv8-a -mcmodel=small \
	-mlittle-endian -mno-outline-atomics -ftls-model=local-exec \
	$(if $(CONFIG_HARDEN_SHADOW_STACK_USED),-ffixed-x18) \
	-mbranch-protection=$(if $(CONFIG_HARDEN_BTI),bti,none) $(addprefix $(if $(filter \
	clang,$(UK_COMPILER)),-Xclang )-mstack-protector-,$(UKI_CANARY_arm64))
UKI_TARGET_arm64 := $(if $(filter clang,$(UK_COMPILER)),--target=aarch64-linux-gnu)
UKI_LTO := $(if $(CONFIG_OPTIMIZE_LTO),$(if $(filter gcc,$(UK_COMPILER)),-flto \
	-fno-fat-lto-objects,-flto))
# Randomised images are position-independent. There is one module, so nothing
# is reached through a table of addresses.
UKI_PIE := $(filter y,$(CONFIG_HARDEN_ASLR))
UKI_PIC := $(if $(UKI_PIE),-fpie $(if $(filter clang,\
	$(UK_COMPILER)),-fdirect-access-external-data),-fno-pic -fno-pie)
UKI_C := -std=gnu17
# What our own sources are held to; others' are not ours to judge.
UKI_WARN_OWN = -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Wundef \
	-Wpointer-arith -Wno-unused-parameter \
	$(if $(CONFIG_UK_WERROR),-Werror)
UKI_WARN_OTHER := -Wall

# No floating point where interrupts and traps run.
UKI_ROOM_x86_64 := -mgeneral-regs-only
UKI_ROOM_arm64 := -mgeneral-regs-only
uki_room = $(firstword $(subst /, ,$(patsubst $(UK_ROOT)/%,%,$(1))))
uki_room_flags = $(if $(filter arch plat core hardening,$(call \
	uki_room,$(1))),$(UKI_ROOM_$(UKI_ARCH)))

# ---- hardening ----------------------------------------------------------
UKI_MITIGATIONS := $(sort $(patsubst $(UK_ROOT)/hardening/%/flags.mk,%,\
	$(wildcard $(UK_ROOT)/hardening/*/flags.mk)))
include $(wildcard $(UK_ROOT)/hardening/*/flags.mk)
define uki_mitigation
UKI_MIT_$(1) := HARDEN_$(call uc,$(1))
UKI_MITS_$(or $(HARDEN_$(call uc,$(1))_SCOPE),image) += $(1)
endef
$(foreach m,$(UKI_MITIGATIONS),$(eval $(call uki_mitigation,$(m))))
uki_mit_on = $(HARDEN_CFLAGS_$(1)) $($(UKI_MIT_$(1))_CFLAGS) \
	$($(UKI_MIT_$(1))_CFLAGS_$(UK_COMPILER)) \
	$($(UKI_MIT_$(1))_CFLAGS_$(UK_COMPILER)_$(UKI_ARCH))
uki_mit_off = $($(UKI_MIT_$(1))_OFF_CFLAGS) \
	$($(UKI_MIT_$(1))_OFF_CFLAGS_$(UK_COMPILER))
# $(1) = UC library name. An exemption has a reason, which the report shows.
uki_exempt = $($(1)_HARDEN_EXEMPT_$(patsubst HARDEN_%,%,$(UKI_MIT_$(2))))
uki_claims = $(foreach m,$(UKI_MITS_library),$(if $(call \
	uki_exempt,$(1),$(m)),,$(if $(filter y,$(CONFIG_$(1)_$(UKI_MIT_$(m)))),$(m))))
uki_harden = $(foreach m,$(UKI_MITS_library),$(if $(filter $(m),$(call \
	uki_claims,$(1))),,$(call uki_mit_off,$(m)))) \
	$(foreach m,$(call uki_claims,$(1)),$(call uki_mit_on,$(m))) \
	$(patsubst %,-DUK_HEAP=%,$(filter-out 0,$(CONFIG_$(1)_HEAP)))
