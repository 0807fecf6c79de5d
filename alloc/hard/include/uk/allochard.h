/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The hardened allocator. What it promises, how each promise is tested and
 * what it costs: alloc/hard/README.md.
 */
#pragma once

#include <uk/alloc.h>

/* Heap 0 is the image's, 1 to UK_ALLOC_HEAPS are those of libraries; usable
 * from init class "sched" on. NULL: no such number. */
struct uk_alloc *uk_allochard_get(unsigned int heap);

struct uk_allochard_stats {
	size_t held;		/* bytes mapped for small blocks */
	size_t waiting;		/* bytes of freed blocks in quarantine */
	size_t pooled;		/* bytes that stand by for the next requests */
	size_t n_large;		/* blocks with a mapping of their own */
};
/* -EINVAL: no such heap. All zero before its first block. */
int uk_allochard_stats(unsigned int heap, struct uk_allochard_stats *out);
