# SPDX-License-Identifier: BSD-3-Clause
HARDEN_FLEX_ARRAYS_SCOPE := library
HARDEN_FLEX_ARRAYS_TITLE := flex-arrays: the last array of a struct ends, too
HARDEN_FLEX_ARRAYS_NOTE_gcc := GCC 12 cannot tell an array that ends a struct from one without end (GCC 13 can)
HARDEN_FLEX_ARRAYS_CFLAGS_clang := -fstrict-flex-arrays=3
HARDEN_FLEX_ARRAYS_NEEDS := bounds
HARDEN_FLEX_ARRAYS_DEPENDS := libukbase libukdebug
