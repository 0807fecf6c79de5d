# SPDX-License-Identifier: BSD-3-Clause
FUZZ_cmdline_SRCS := tests/fuzz/cmdline/fuzz.c core/argparse/split.c \
	core/argparse/param.c core/debug/level.c $(wildcard \
	core/base/fmt.c core/base/convert.c core/base/snprintf.c)
FUZZ_cmdline_CFLAGS := -Icore/argparse/include -Icore/base/include \
	-Icore/base -Icore/debug -Icore/debug/include
FUZZ_cmdline_ARGS := -max_len=4096
FUZZERS += cmdline
