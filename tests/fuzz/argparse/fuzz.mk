# SPDX-License-Identifier: BSD-3-Clause
FUZZ_argparse_SRCS := tests/fuzz/argparse/fuzz.c core/argparse/split.c
FUZZ_argparse_CFLAGS := -Icore/argparse/include -Icore/base/include
FUZZ_argparse_ARGS := -max_len=4096
FUZZERS += argparse
