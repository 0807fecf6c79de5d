# SPDX-License-Identifier: BSD-3-Clause
HARDEN_SSP_SCOPE := library
HARDEN_SSP_TITLE := ssp: stack protector, strong
HARDEN_SSP_CFLAGS := -fstack-protector-strong
HARDEN_SSP_OFF_CFLAGS := -fno-stack-protector
HARDEN_SSP_SRCS := canary.c
LIBHARDEN_SSP_HARDEN_EXCEPT_SSP := uk_canary_new: runs before there is a canary
LIBHARDEN_SSP_HARDEN_EXCEPT_SSP_ALL := $(LIBHARDEN_SSP_HARDEN_EXCEPT_SSP)
HARDEN_SSP_DEPENDS := libukbase libukdebug
