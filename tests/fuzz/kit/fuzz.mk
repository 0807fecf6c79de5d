# SPDX-License-Identifier: BSD-3-Clause
FUZZ_kit_SRCS := tests/fuzz/kit/fuzz.c hardening/shuffle/open.c \
	hardening/shuffle/view.c \
	hardening/shuffle/draw.c hardening/shuffle/apply.c \
	hardening/shuffle/random.c core/base/chacha.c support/relink/elf.c \
	support/relink/memory.c support/relink/stray.c support/relink/relr.c support/relink/order.c \
	support/relink/twin.c support/relink/seed.c support/relink/sha256.c
FUZZ_kit_CFLAGS := -D_GNU_SOURCE -Ihardening/shuffle -Isupport/relink \
	-Iarch/x86_64/include -Icore/base/include
FUZZ_kit_ARGS := -max_len=65536
FUZZERS += kit
