# SPDX-License-Identifier: BSD-3-Clause
HARDEN_BOUNDS_SCOPE := library
HARDEN_BOUNDS_TITLE := bounds: an index outside its array traps
HARDEN_BOUNDS_CFLAGS_gcc := -fsanitize=bounds -fsanitize-undefined-trap-on-error
HARDEN_BOUNDS_CFLAGS_clang := -fsanitize=array-bounds -fsanitize-trap=array-bounds
HARDEN_BOUNDS_OFF_CFLAGS :=
HARDEN_BOUNDS_LTO_CFLAGS_gcc := $(HARDEN_BOUNDS_CFLAGS_gcc)
HARDEN_BOUNDS_DEPENDS := libukbase libukdebug
