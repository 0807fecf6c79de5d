# SPDX-License-Identifier: BSD-3-Clause
FUZZ_fdt_SRCS := tests/fuzz/fdt/fuzz.c plat/kvm/arm64/fdt.c
FUZZ_fdt_CFLAGS := -Iplat/kvm/arm64 -Icore/base/include
FUZZ_fdt_ARGS := -max_len=8192
FUZZERS += fdt
