# SPDX-License-Identifier: BSD-3-Clause
UNIT_initrd_SRCS := tests/unit/initrd/test_cpio.c libs/initrd/cpio.c
UNIT_initrd_CFLAGS := -Ilibs/initrd/include -Icore/base/include
UNITS += initrd
