# SPDX-License-Identifier: BSD-3-Clause
HARDEN_KCFI_SCOPE := library
HARDEN_KCFI_TITLE := kcfi: calls go to functions of their type
HARDEN_KCFI_NOTE_gcc := GCC 12 has no check of what is called through a pointer
HARDEN_KCFI_CFLAGS_clang := -fsanitize=kcfi
# A library without checks: others may call it, so its functions say their type.
HARDEN_KCFI_OFF_CFLAGS_clang = $(if $(CONFIG_HARDEN_KCFI_USED),-fsanitize=kcfi \
	-fsanitize-ignorelist=$(UK_ROOT)/hardening/kcfi/unchecked.list)
HARDEN_KCFI_DEPENDS := libukbase libukdebug
