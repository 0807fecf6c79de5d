# SPDX-License-Identifier: BSD-3-Clause
HARDEN_SSP_ALL_SCOPE := library
HARDEN_SSP_ALL_TITLE := ssp-all: stack protector, every function
HARDEN_SSP_ALL_CFLAGS := -fstack-protector-all
HARDEN_SSP_ALL_OFF_CFLAGS :=
HARDEN_SSP_ALL_NEEDS := ssp
HARDEN_SSP_ALL_DEPENDS := libukbase libukdebug
