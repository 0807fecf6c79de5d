# SPDX-License-Identifier: BSD-3-Clause
FUZZ_memmap_SRCS := tests/fuzz/memmap/fuzz.c core/mem/map.c core/base/fmt.c \
	core/base/convert.c core/base/snprintf.c
FUZZ_memmap_CFLAGS := -Icore/mem -Icore/base/include -Iarch/x86_64/include
FUZZ_memmap_ARGS := -max_len=1200
FUZZERS += memmap
