/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory in pieces, used from the front on: where what is read goes to, and
 * what is written comes from. Any context.
 */
#pragma once

#include <stddef.h>

/* As the kernel lays it out (struct iovec). */
struct uk_iovec {
	void *base;
	size_t len;
};

#define UK_IOVEC_MAX 1024	/* pieces in one call */

struct uk_iter {
	const struct uk_iovec *v;	/* the piece in use */
	size_t skip;			/* bytes of it that are used */
	size_t left;			/* bytes not used, of all pieces */
};

/*
 * Over n pieces at v, which stay the caller's. 0, or -EINVAL: n is not 0 to
 * UK_IOVEC_MAX, or the sum of the lengths is more than PTRDIFF_MAX. No more
 * than 2 GiB are used of what is longer, as on Linux.
 */
int uk_iter_init(struct uk_iter *it, const struct uk_iovec *v, long n);

/* The next bytes that lie together: where, and how many (0: none are left). */
void *uk_iter_next(const struct uk_iter *it, size_t *len);
/* n more bytes are used, at most those that are left. */
void uk_iter_skip(struct uk_iter *it, size_t n);

/* Copy up to n bytes into it / out of it; how many: less where it ends. */
size_t uk_iter_put(struct uk_iter *it, const void *from, size_t n);
size_t uk_iter_get(struct uk_iter *it, void *to, size_t n);
/* Up to n zero bytes into it; how many. */
size_t uk_iter_zero(struct uk_iter *it, size_t n);
