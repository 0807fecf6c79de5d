# SPDX-License-Identifier: BSD-3-Clause
include tests/unit/guest.mk

$(eval $(call guest,nolibc-fuzz,$(guest_nolibc),$(guest_exports),$\
	$(guest_includes),fuzz/printf,$(FUZZCC),-fsanitize=fuzzer-no-link))

FUZZ_printf_SRCS := tests/fuzz/printf/fuzz.c tests/fuzz/printf/below.c
FUZZ_printf_CFLAGS := -D_GNU_SOURCE
FUZZ_printf_ARGS := -max_len=256
FUZZERS += printf
