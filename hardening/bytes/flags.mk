# SPDX-License-Identifier: BSD-3-Clause
HARDEN_BYTES_SCOPE := image
HARDEN_BYTES_TITLE := bytes: no stray instruction that unprotects
HARDEN_BYTES_NOTE_arm64 := every instruction is four bytes at a multiple of four: none can be entered in the middle
HARDEN_BYTES_DEPENDS := libukbase libukdebug
HARDEN_BYTES_SRCS := search.S
