# SPDX-License-Identifier: BSD-3-Clause
# One library libharden_<mitigation> for each mitigation that anything in the
# image uses: its run-time code and its self-test. The mitigation and what it
# needs are always on in its own library, whatever the image's profile.

# What a self-test looks at may be the CPU's: then each has its own.
uki_selftest = $(patsubst $(UK_ROOT)/hardening/$(1)/%,%,$(firstword $(wildcard \
	$(UK_ROOT)/hardening/$(1)/$(UKI_ARCH)/selftest.c \
	$(UK_ROOT)/hardening/$(1)/selftest.c)))

# $(1) mitigation, $(2) HARDEN_<M>, $(3) UC name of its library
define uki_mit_lib
$(eval UKI_IMPORT := $(UK_ROOT)/hardening/$(1))$(eval UKI_IMPORT_KIND := own)
$(call addlib,libharden_$(call lc,$(call uc,$(1))))
$(3)_DEPENDS-y += libukbase libukdebug libukmem libukboot libukselftest \
	$($(2)_DEPENDS)
$(3)_SRCS-y += $(addprefix $(UK_ROOT)/hardening/$(1)/,$($(2)_SRCS) \
	$(if $(CONFIG_LIBUKSELFTEST),$(call uki_selftest,$(1))))
$(foreach m,$(UKI_MITIGATIONS),CONFIG_$(3)_$(UKI_MIT_$(m)) := $(CONFIG_$(UKI_MIT_$(m)))
)
$(foreach m,$(1) $($(2)_NEEDS),CONFIG_$(3)_$(UKI_MIT_$(m)) := y
)
# The compiler calls into it after the whole image was optimised.
$(3)_CFLAGS-y += -fno-lto
endef
$(foreach m,$(UKI_MITIGATIONS),$(if $(CONFIG_$(UKI_MIT_$(m))_USED),$(eval $(call \
	uki_mit_lib,$(m),$(UKI_MIT_$(m)),LIB$(UKI_MIT_$(m))))))
