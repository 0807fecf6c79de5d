# SPDX-License-Identifier: BSD-3-Clause
HARDEN_SLS_SCOPE := library
HARDEN_SLS_TITLE := sls: nothing runs on past a return
HARDEN_SLS_NOTE_arm64 := the report does not know the barrier of this CPU yet
HARDEN_SLS_CFLAGS := -mharden-sls=all
HARDEN_SLS_OFF_CFLAGS := -mharden-sls=none
HARDEN_SLS_LTO_CFLAGS_gcc := $(HARDEN_SLS_CFLAGS)
LIBHARDEN_SLS_HARDEN_EXCEPT_SSP_ALL := one two: shall have no byte that looks like a return
HARDEN_SLS_DEPENDS := libukbase libukdebug
