# SPDX-License-Identifier: BSD-3-Clause
HARDEN_OVERFLOW_SCOPE := library
HARDEN_OVERFLOW_TITLE := overflow: a signed number that overflows traps
HARDEN_OVERFLOW_CHECKS := signed-integer-overflow,shift,integer-divide-by-zero
HARDEN_OVERFLOW_CFLAGS_gcc := -fsanitize=$(HARDEN_OVERFLOW_CHECKS) -fsanitize-undefined-trap-on-error
HARDEN_OVERFLOW_CFLAGS_clang := -fsanitize=$(HARDEN_OVERFLOW_CHECKS) -fsanitize-trap=$(HARDEN_OVERFLOW_CHECKS)
HARDEN_OVERFLOW_LTO_CFLAGS_gcc := $(HARDEN_OVERFLOW_CFLAGS_gcc)
HARDEN_OVERFLOW_DEPENDS := libukbase libukdebug
