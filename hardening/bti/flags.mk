# SPDX-License-Identifier: BSD-3-Clause
# The flag is the image's: support/build/flags.mk, for assembly as well.
HARDEN_BTI_SCOPE := image
HARDEN_BTI_TITLE := bti: jumps land where they may
HARDEN_BTI_CPU := arm64
HARDEN_BTI_NEEDS := wx
HARDEN_BTI_DEPENDS := libukbase libukdebug
LIBHARDEN_BTI_HARDEN_EXCEPT_KCFI := jump_past: jumps to what is no function, which must be refused
