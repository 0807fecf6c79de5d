# SPDX-License-Identifier: BSD-3-Clause
FUZZ_virtq_SRCS := tests/fuzz/virtq/fuzz.c libs/virtio/ring.c
FUZZ_virtq_CFLAGS := -Ilibs/virtio/include -Icore/base/include
FUZZERS += virtq
