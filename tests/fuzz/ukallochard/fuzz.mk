# SPDX-License-Identifier: BSD-3-Clause
FUZZ_ukallochard_SRCS := tests/fuzz/ukallochard/fuzz.c $(addprefix \
	alloc/hard/,chacha.c class.c heap.c large.c random.c slab.c small.c)
FUZZ_ukallochard_CFLAGS := -Ialloc/hard -Icore/base/include $(addprefix \
	-DCONFIG_LIBUKALLOCHARD_,RANDOM=1 CANARY=1 ZERO=1 CHECK=1 QUARANTINE=8)
FUZZ_ukallochard_ARGS := -max_len=3072
FUZZERS += ukallochard
