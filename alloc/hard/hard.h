/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The allocator itself, the same in an image and on the host. Callers have
 * checked: sizes are 1 to PTRDIFF_MAX, align is a power of two, pointers are
 * not NULL, and one thread at a time is in here.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include "state.h"

/* A heap of its own: regions, records, keys. NULL: no room. */
struct hard_heap *hard_create(void);

void *hard_malloc(struct hard_heap *h, size_t size);
void *hard_memalign(struct hard_heap *h, size_t align, size_t size);
/* Pages from a reservation of their own. */
void *hard_pages(struct hard_heap *h, size_t n);
void *hard_realloc(struct hard_heap *h, void *p, size_t size);
/* What is not a live block of any heap ends everything. */
void hard_free(struct hard_heap *h, void *p);
/* Does p lie in this heap's address space? */
bool hard_holds(struct hard_heap *h, const void *p);
size_t hard_usable_size(struct hard_heap *h, const void *p);
/* Is what hard_malloc gives zero, all of it? */
#define HARD_ZEROED (HARD_ZERO && HARD_CHECK)

struct hard_stats {
	size_t held;		/* bytes mapped for slots */
	size_t waiting;		/* bytes of freed slots in quarantine */
	size_t pooled;		/* bytes of free slots in pools */
	size_t n_large;		/* blocks with a reservation of their own */
};
void hard_stats(const struct hard_heap *h, struct hard_stats *out);
