# SPDX-License-Identifier: BSD-3-Clause
UNIT_posix-fdtab_SRCS := tests/unit/posix-fdtab/test_iter.c \
	libs/posix-fdtab/iter.c libs/posix-fdtab/ring.c
UNIT_posix-fdtab_CFLAGS := -Ilibs/posix-fdtab/include -Icore/base/include \
	-Ialloc/alloc/include
UNITS += posix-fdtab
