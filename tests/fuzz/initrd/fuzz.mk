# SPDX-License-Identifier: BSD-3-Clause
FUZZ_initrd_SRCS := tests/fuzz/initrd/fuzz.c libs/initrd/cpio.c
FUZZ_initrd_CFLAGS := -Ilibs/initrd/include -Icore/base/include
FUZZERS += initrd
