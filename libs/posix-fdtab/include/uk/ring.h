/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A buffer of bytes between who writes and who reads, a power of two long.
 * Thread context, no locking.
 */
#pragma once

#include <stddef.h>
#include <uk/iter.h>

struct uk_ring {
	unsigned char *buf;
	size_t size;		/* bytes, a power of two */
	size_t put, got;	/* bytes since it was made; wrap */
};

/* size: a power of two. -ENOMEM. */
int uk_ring_init(struct uk_ring *r, size_t size);
void uk_ring_free(struct uk_ring *r);

static inline size_t uk_ring_used(const struct uk_ring *r)
{
	return r->put - r->got;
}

static inline size_t uk_ring_room(const struct uk_ring *r)
{
	return r->size - uk_ring_used(r);
}

/* Move as many bytes as there are and fit; how many. */
size_t uk_ring_put(struct uk_ring *r, struct uk_iter *from);
size_t uk_ring_get(struct uk_ring *r, struct uk_iter *to);
