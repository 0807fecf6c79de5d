# SPDX-License-Identifier: BSD-3-Clause
HARDEN_ZERO_INIT_SCOPE := library
HARDEN_ZERO_INIT_TITLE := zero-init: locals start as zero
HARDEN_ZERO_INIT_CFLAGS := -ftrivial-auto-var-init=zero
HARDEN_ZERO_INIT_OFF_CFLAGS := -ftrivial-auto-var-init=uninitialized
LIBHARDEN_ZERO_INIT_HARDEN_EXCEPT_ZERO_INIT := raw_local: the control of the self-test
HARDEN_ZERO_INIT_DEPENDS := libukbase libukdebug
