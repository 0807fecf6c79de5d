# SPDX-License-Identifier: BSD-3-Clause
HARDEN_SSP_SCOPE := library
HARDEN_SSP_TITLE := ssp: stack protector, strong
HARDEN_SSP_CFLAGS := -fstack-protector-strong
HARDEN_SSP_OFF_CFLAGS := -fno-stack-protector
HARDEN_SSP_SRCS := canary.c
HARDEN_SSP_DEPENDS := libukbase libukdebug
