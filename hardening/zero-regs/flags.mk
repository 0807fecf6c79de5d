# SPDX-License-Identifier: BSD-3-Clause
HARDEN_ZERO_REGS_SCOPE := library
HARDEN_ZERO_REGS_TITLE := zero-regs: clear used registers at return
HARDEN_ZERO_REGS_NOTE_arm64 := the report does not know the registers of this CPU yet
HARDEN_ZERO_REGS_CFLAGS := -fzero-call-used-regs=used-gpr
HARDEN_ZERO_REGS_OFF_CFLAGS := -fzero-call-used-regs=skip
HARDEN_ZERO_REGS_LTO_CFLAGS_gcc := $(HARDEN_ZERO_REGS_CFLAGS)
HARDEN_ZERO_REGS_DEPENDS := libukbase libukdebug
