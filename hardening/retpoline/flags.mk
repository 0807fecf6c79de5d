# SPDX-License-Identifier: BSD-3-Clause
HARDEN_RETPOLINE_SCOPE := library
HARDEN_RETPOLINE_TITLE := retpoline: indirect branches are not predicted
HARDEN_RETPOLINE_NOTE_arm64 := this CPU predicts otherwise: its compilers have no such thunk
HARDEN_RETPOLINE_CFLAGS_gcc := -mindirect-branch=thunk-extern -mindirect-branch-register
HARDEN_RETPOLINE_CFLAGS_clang := -mretpoline -mretpoline-external-thunk
HARDEN_RETPOLINE_OFF_CFLAGS :=
HARDEN_RETPOLINE_LTO_CFLAGS_gcc := $(HARDEN_RETPOLINE_CFLAGS_gcc)
HARDEN_RETPOLINE_SRCS := thunk.S
HARDEN_RETPOLINE_DEPENDS := libukbase libukdebug
