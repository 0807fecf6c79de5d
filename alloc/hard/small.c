/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The two paths that every block takes: out of the pool of its class and into
 * it again, by way of the quarantine. No division, no lock, no list: the slot
 * of an address follows from shifts and one multiplication.
 */
#include <uk/str.h>

#include "hard.h"

/* Bytes that are faster cleared here than by memset. */
#define CLEAR_INLINE 256

typedef uint64_t word2 __attribute__((vector_size(16), may_alias));

/* Nobody can reckon it from another block's: two unknown words of 64 bits. The
 * byte at the lowest address is zero, which ends a string. */
static inline uint64_t canary_of(const struct hard_heap *h, uintptr_t p)
{
	return ((p ^ h->key[0]) * h->key[1]) << 8;
}

static inline uint64_t *canary_at(const struct class *c, uintptr_t p)
{
	return (uint64_t *)(p + c->size - 8);
}

static inline void clear(uintptr_t p, size_t size)
{
	word2 *v = (word2 *)p, *end = (word2 *)(p + size);

	do
		*v++ = (word2){ 0, 0 };
	while (v < end);
}

static inline bool is_clear(uintptr_t p, size_t size)
{
	const word2 *v = (const word2 *)p, *end = (const word2 *)(p + size);
	word2 any = { 0, 0 };

	do
		any |= *v++;
	while (v < end);
	return !(any[0] | any[1]);
}

/* Shifts are masked as the CPU does it anyway: what is out of range was
 * refused before, and `overflow` has nothing to look at. A slab is at most 64
 * times as long as a slot, so `slot` is below 64. */

/* Where a live or dead slot is recorded. */
struct spot {
	struct slab *slab;
	uint32_t nr, slot;
	bool exact;		/* the address is where the slot begins */
};

static inline struct spot locate(const struct class *c, uintptr_t off)
{
	unsigned int shift = c->shift & 31;
	uint32_t nr = (uint32_t)(off >> shift);
	uint32_t in = (uint32_t)off & ((1u << shift) - 1);
	uint32_t slot = (uint32_t)((uint64_t)in * c->magic >> 32) & 63;

	return (struct spot){ &c->slab[nr], nr, slot, slot * c->size == in };
}

/* The class whose region holds p; NULL: p is in none. */
static inline struct class *class_at(struct hard_heap *h, const void *p)
{
	size_t region = ((uintptr_t)p - h->base) >> (h->region_shift & 63);

	struct class *cls = h->cls;	/* looked at once, here */

	return likely(region < N_REGIONS) ? cls + region : NULL;
}

static inline bool is_live(const struct spot *s)
{
	return s->exact && (s->slab->live >> (s->slot & 63) & 1);
}

static UK_NORETURN UK_NOINLINE void wrong(struct class *c, uintptr_t off,
					  const char *op)
{
	struct spot s;

	if (off >= c->used)
		hard_os_die(op, ": not a block of this heap");
	s = locate(c, off);
	/* In the gap behind a span? */
	if (s.nr - s.slab->span >= c->slab[s.slab->span].n_span)
		hard_os_die(op, ": not a block of this heap");
	if (!s.exact || s.slot >= c->n_slots)
		hard_os_die(op, ": inside a block");
	if (!strcmp(op, "invalid free"))
		hard_os_die("double free", "");
	hard_os_die(op, ": the block is free");
}

/* The live slot at p, with its canary as it was written. */
static inline struct spot must_live(struct hard_heap *h, struct class *c,
				    const void *p, const char *op)
{
	uintptr_t off = (uintptr_t)p - c->base;
	struct spot s;

	if (unlikely(off >= c->used))
		wrong(c, off, op);
	s = locate(c, off);
	if (unlikely(!is_live(&s)))
		wrong(c, off, op);
	if (HARD_CANARY && unlikely(*canary_at(c, (uintptr_t)p) !=
				    canary_of(h, (uintptr_t)p)))
		hard_os_die("overflow", ": a block was written past its end");
	return s;
}

static inline uint32_t pool_take(struct hard_heap *h, struct class *c)
{
	uint32_t *pool = c->slots->pool, last = --c->n_pool, at = last, e;

	if (HARD_RANDOM)
		at = hard_random16(h) * (last + 1) >> 16;
	e = pool[at];
	pool[at] = pool[last];
	return e;
}

static inline void *take(struct hard_heap *h, struct class *c)
{
	uint32_t e = pool_take(h, c);
	uintptr_t p = c->base + ((size_t)(e >> 6) << (c->shift & 31)) +
		      (e & 63) * c->size;

	if (HARD_CHECK && unlikely(!is_clear(p, c->size)))
		hard_os_die("write after free", "");
	c->slab[e >> 6].live |= 1ul << (e & 63);
	if (HARD_CANARY)
		*canary_at(c, p) = canary_of(h, p);
	return (void *)p;
}

static UK_NOINLINE void *refill_and_take(struct hard_heap *h, struct class *c)
{
	if (c->n_pool <= c->pool_min && !hard_refill(h, c)) {
		hard_os_no_memory();
		return NULL;
	}
	return take(h, c);
}

/* What is rare is a call at the end: the usual way needs no stack. */
static inline void *get(struct hard_heap *h, unsigned int region)
{
	struct class *cls = h->cls, *c = cls + region;

	if (unlikely(c->n_pool <= c->pool_min ||
		     (HARD_RANDOM && h->random_at == RANDOMS)))
		return refill_and_take(h, c);
	return take(h, c);
}

/* Every so often a block gets pages of its own, and faults at its end. */
static UK_NOINLINE void *sampled(struct hard_heap *h, size_t size)
{
	h->until_sample = 1 + (hard_random32(h) % (2 * HARD_SAMPLE + 1));
	return hard_large_get(h, size, 16, 0);
}

void *hard_malloc(struct hard_heap *h, size_t size)
{
	size_t need = size + HARD_CANARY;
	unsigned int region;

	if (HARD_SAMPLE && unlikely(!--h->until_sample)) {
		void *p = sampled(h, size);

		if (p)
			return p;
	}
	if (likely(need <= TABLE_MAX))
		region = h->by_size[(need + 15) / 16];
	else if (need <= h->small_max)
		region = h->by_class[hard_class(need)];
	else
		return hard_large_get(h, size, 16, 0);
	return get(h, region);
}

void *hard_memalign(struct hard_heap *h, size_t align, size_t size)
{
	size_t pow2;

	if (align <= 16)
		return hard_malloc(h, size);
	for (pow2 = align; pow2 < size + HARD_CANARY && pow2 <= h->small_max;
	     pow2 *= 2)
		;
	/* Slabs begin at multiples of their pitch only within a page. */
	if (pow2 > UK_MIN(h->small_max, HARD_PAGE))
		return hard_large_get(h, size, align, 0);
	return get(h, h->by_class[hard_class(pow2)]);
}

static UK_NOINLINE void free_large(struct hard_heap *h, void *p)
{
	struct large *l = hard_large_find(h, p);

	if (!l)
		hard_large_wrong(h, p, "invalid free");
	hard_large_put(h, l);
}

static UK_NOINLINE void spill_and_put(struct hard_heap *h, struct class *c,
				      uint32_t e)
{
	hard_spill(h, c);
	c->slots->pool[c->n_pool++] = e;
}

/* A slot that was cleared: to the end of the line; who was first in it may be
 * handed out again. */
static inline void retire(struct hard_heap *h, struct class *c, uint32_t e)
{
	if (HARD_FIFO) {
		uint32_t *fifo = c->slots->fifo, *place = fifo + c->fifo_at;
		uint32_t old = *place;

		*place = e;
		c->fifo_at = (c->fifo_at + 1) & c->fifo_mask;
		if (old == NONE)
			return;
		e = old;
	}
	if (unlikely(c->n_pool == c->pool_cap))
		spill_and_put(h, c, e);
	else
		c->slots->pool[c->n_pool++] = e;
}

static UK_NOINLINE void clear_and_retire(struct hard_heap *h, struct class *c,
					 uintptr_t p, uint32_t e)
{
	memset((void *)p, 0, c->size);
	retire(h, c, e);
}

void hard_free(struct hard_heap *h, void *p)
{
	struct class *c = class_at(h, p);
	struct spot s;
	uint32_t e;

	if (unlikely(!c)) {
		free_large(h, p);
		return;
	}
	s = must_live(h, c, p, "invalid free");
	s.slab->live &= ~(1ul << (s.slot & 63));
	e = s.nr << 6 | s.slot;
	if (HARD_ZERO && c->size > CLEAR_INLINE) {
		clear_and_retire(h, c, (uintptr_t)p, e);
		return;
	}
	if (HARD_ZERO)
		clear((uintptr_t)p, c->size);
	retire(h, c, e);
}

static size_t usable(struct hard_heap *h, const void *p, const char *op)
{
	struct class *c = class_at(h, p);
	struct large *l;

	if (likely(c)) {
		must_live(h, c, p, op);
		return c->size - HARD_CANARY;
	}
	l = hard_large_find(h, p);
	if (!l)
		hard_large_wrong(h, p, op);
	return l->end - l->at;
}

bool hard_holds(struct hard_heap *h, const void *p)
{
	return class_at(h, p) || hard_large_find(h, p);
}

size_t hard_usable_size(struct hard_heap *h, const void *p)
{
	return usable(h, p, "usable_size");
}

/* May it stay where it is, and not be mostly empty then? */
static bool fits(struct hard_heap *h, void *p, size_t old, size_t size)
{
	if (size <= old)
		return size > old / 2 || old <= 64;
	return !class_at(h, p) && hard_large_grow(hard_large_find(h, p), size);
}

void *hard_realloc(struct hard_heap *h, void *p, size_t size)
{
	size_t old = usable(h, p, "invalid realloc");
	void *q;

	if (fits(h, p, old, size))
		return p;
	/* What grew once will grow again: with address space to spare. */
	if (size > old && size + HARD_CANARY > h->small_max)
		q = hard_large_get(h, size, 16, size);
	else
		q = hard_malloc(h, size);
	if (q) {
		memcpy(q, p, UK_MIN(size, old));
		hard_free(h, p);
	} else if (size <= old) {
		q = p; /* no memory to shrink into: it may stay */
	}
	return q;
}

void *hard_pages(struct hard_heap *h, size_t n)
{
	return hard_large_get(h, n * HARD_PAGE, HARD_PAGE, 0);
}
