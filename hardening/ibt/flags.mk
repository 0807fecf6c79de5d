# SPDX-License-Identifier: BSD-3-Clause
# The flag is the image's: support/build/flags.mk, for assembly as well.
HARDEN_IBT_SCOPE := image
HARDEN_IBT_TITLE := ibt: jumps land where they may
HARDEN_IBT_NOTE_arm64 := a branch target is another instruction on this CPU: mitigation bti
HARDEN_IBT_DEPENDS := libukbase libukdebug
LIBHARDEN_IBT_HARDEN_EXCEPT_KCFI := jump_past: jumps to what is no function, which must be refused
