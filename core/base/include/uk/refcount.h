/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How many hold an object. Whoever gives back the last reference frees it.
 * Atomic: no lock is needed to take or give one, any context. A count that
 * leaves 0 .. UK_REFCOUNT_MAX, or that is taken from an object that nobody
 * holds any more, ends in uk_refcount_corrupt() (mitigation links; without it
 * the count wraps).
 *
 *	struct buf { struct uk_refcount refs; ... };
 *	uk_refcount_init(&b->refs, 1);
 *	if (uk_refcount_release(&b->refs))
 *		free(b);
 */
#pragma once

#include <stdbool.h>
#include <uk/links.h>

/* Beyond this are only counts that somebody lost. */
#define UK_REFCOUNT_MAX 0x7fffffffu

struct uk_refcount {
	unsigned int n;
};

/* n: references that there are, 1 to UK_REFCOUNT_MAX. Nobody else may see the
 * object yet. */
static inline void uk_refcount_init(struct uk_refcount *r, unsigned int n)
{
	__atomic_store_n(&r->n, n, __ATOMIC_RELAXED);
}

/* References now; may have changed when the caller looks at it. */
static inline unsigned int uk_refcount_read(const struct uk_refcount *r)
{
	return __atomic_load_n(&r->n, __ATOMIC_RELAXED);
}

/* One more, for who already has one. */
static inline void uk_refcount_acquire(struct uk_refcount *r)
{
	unsigned int was = __atomic_fetch_add(&r->n, 1, __ATOMIC_RELAXED);

	if (UK_LINKS_CHECKED && unlikely(was - 1 >= UK_REFCOUNT_MAX - 1))
		uk_refcount_corrupt(was ? "taken too often" :
				    "taken after the last was given back");
}

/* One less; true if it was the last: the caller frees the object. */
static inline bool uk_refcount_release(struct uk_refcount *r)
{
	unsigned int was = __atomic_fetch_sub(&r->n, 1, __ATOMIC_ACQ_REL);

	if (UK_LINKS_CHECKED && unlikely(was - 1 >= UK_REFCOUNT_MAX))
		uk_refcount_corrupt(was ? "given back, but out of range" :
				    "given back too often");
	return was == 1;
}
