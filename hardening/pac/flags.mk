# SPDX-License-Identifier: BSD-3-Clause
# One option for what two mitigations ask: the other's is the image's.
HARDEN_PAC_SCOPE := library
HARDEN_PAC_TITLE := pac: return addresses are signed
HARDEN_PAC_CPU := arm64
HARDEN_PAC_CFLAGS = -mbranch-protection=pac-ret$(if $(CONFIG_HARDEN_BTI),+bti)
HARDEN_PAC_DEPENDS := libukbase libukdebug
