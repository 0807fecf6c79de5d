/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/ring.h>

int uk_ring_init(struct uk_ring *r, size_t size)
{
	*r = (struct uk_ring){ .buf = uk_malloc(NULL, size), .size = size };
	return r->buf ? 0 : -ENOMEM;
}

void uk_ring_free(struct uk_ring *r)
{
	uk_free(NULL, r->buf);
	r->buf = NULL;
}

/* From `at` on, up to where the buffer ends: n bytes at most. */
static size_t straight(const struct uk_ring *r, size_t at, size_t n)
{
	return UK_MIN(n, r->size - (at & (r->size - 1)));
}

size_t uk_ring_put(struct uk_ring *r, struct uk_iter *from)
{
	size_t done = 0, n;

	while ((n = straight(r, r->put, uk_ring_room(r))) &&
	       (n = uk_iter_get(from, r->buf + (r->put & (r->size - 1)), n))) {
		r->put += n;
		done += n;
	}
	return done;
}

size_t uk_ring_get(struct uk_ring *r, struct uk_iter *to)
{
	size_t done = 0, n;

	while ((n = straight(r, r->got, uk_ring_used(r))) &&
	       (n = uk_iter_put(to, r->buf + (r->got & (r->size - 1)), n))) {
		r->got += n;
		done += n;
	}
	return done;
}
