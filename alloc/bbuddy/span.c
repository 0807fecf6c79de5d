/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The memory that belongs to the heap: chunks of pages, and large blocks with
 * a mapping (and guard pages) of their own, in a table sorted by address.
 */
#include <uk/errno.h>
#include <uk/heap.h>
#include <uk/str.h>

#include "state.h"

/* Bytes of the records for n pages, whole pages. */
static size_t meta_len(size_t n)
{
	return UK_ALIGN_UP(sizeof(struct chunk) + n * sizeof(struct page),
			   UK_PAGE_SIZE);
}

/* How many spans start at or below addr. */
static size_t rank(const struct bbuddy *b, uintptr_t addr)
{
	size_t lo = 0, hi = b->n_spans, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (b->span[mid].base <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct span *span_find(struct bbuddy *b, const void *p)
{
	uintptr_t addr = (uintptr_t)p;
	size_t i = rank(b, addr);
	struct span *s;

	if (!i)
		return NULL;
	s = &b->span[i - 1];
	return (addr - s->base) >> UK_PAGE_SHIFT < s->n_pages ? s : NULL;
}

/* Room for one more in the table. */
static bool reserve(struct bbuddy *b)
{
	size_t len = b->max_spans * sizeof(struct span);
	struct span *old = b->span, *fresh;

	if (b->n_spans < b->max_spans)
		return true;
	if (!old) {
		b->span = b->first_span;
		b->max_spans = FIRST_SPANS;
		return true;
	}
	fresh = uk_heap_take("heap-meta", UK_ALIGN_UP(len * 2, UK_PAGE_SIZE));
	if (!fresh)
		return false;
	memcpy(fresh, old, len);
	b->span = fresh;
	b->max_spans = UK_ALIGN_UP(len * 2, UK_PAGE_SIZE) / sizeof(*fresh);
	if (old != b->first_span)
		uk_heap_give(old, UK_ALIGN_UP(len, UK_PAGE_SIZE));
	return true;
}

static void insert(struct bbuddy *b, const struct span *s)
{
	size_t i = rank(b, s->base);

	memmove(&b->span[i + 1], &b->span[i],
		(b->n_spans - i) * sizeof(*s));
	b->span[i] = *s;
	b->n_spans++;
}

static void erase(struct bbuddy *b, struct span *s)
{
	size_t i = (size_t)(s - b->span);

	b->n_spans--;
	memmove(s, s + 1, (b->n_spans - i) * sizeof(*s));
}

int span_add_chunk(struct bbuddy *b, uintptr_t base, size_t n, bool ours)
{
	struct chunk *c;

	if (n > UINT32_MAX)
		return -EINVAL;
	if (!reserve(b))
		return -ENOMEM;
	c = uk_heap_take("heap-meta", meta_len(n));
	if (!c)
		return -ENOMEM;
	c->base = base;
	c->n_pages = n;
	c->ours = ours;
	insert(b, &(struct span){ base, n, c, 0 });
	range_put(b, c, 0, n);
	return 0;
}

/* Take `len` bytes, records included, or fewer, but `need` pages at least. */
static bool take_chunk(struct bbuddy *b, size_t len, size_t need)
{
	size_t n = (len - meta_len(len >> UK_PAGE_SHIFT)) >> UK_PAGE_SHIFT;
	void *p;

	if (n < need)
		n = need;
	p = uk_heap_take("heap", n << UK_PAGE_SHIFT);
	if (!p)
		return false;
	if (!span_add_chunk(b, (uintptr_t)p, n, true))
		return true;
	uk_heap_give(p, n << UK_PAGE_SHIFT);
	return false;
}

/* Give an idle chunk back to core/mem. */
static void release(struct bbuddy *b, struct chunk *c)
{
	struct span *s = span_find(b, (void *)c->base);
	uintptr_t base = c->base;
	size_t n = c->n_pages;

	slab_trim(b, c);
	range_forget(b, c);
	erase(b, s);
	uk_heap_give(c, meta_len(n));
	uk_heap_give((void *)base, n << UK_PAGE_SHIFT);
}

static void release_spare(struct bbuddy *b)
{
	struct chunk *c = b->spare;

	b->spare = NULL;
	if (c && chunk_is_idle(c))
		release(b, c);
}

void span_freed(struct bbuddy *b, struct chunk *c)
{
	struct chunk *spare = b->spare;

	if (!c->ours || !chunk_is_idle(c))
		return;
	if (spare && spare != c && chunk_is_idle(spare))
		release(b, c);
	else
		b->spare = c;
}

bool span_grow(struct bbuddy *b, size_t n)
{
	size_t need = 1, len;

	while (need < n)
		need *= 2;
	slab_trim(b, NULL);
	if (b->orders >= need) /* a free block of 2^k >= need pages */
		return true;
	/* The spare is too small for this: it only stands in the way. */
	release_spare(b);
	len = (need << UK_PAGE_SHIFT) + meta_len(need);
	return take_chunk(b, uk_heap_step(len), need) ||
	       take_chunk(b, len, need);
}

void *span_large_get(struct bbuddy *b, size_t n, size_t align)
{
	size_t total = n + align - 1;
	struct span s = { .n_pages = total };
	void *p;

	if (total > PTRDIFF_MAX >> UK_PAGE_SHIFT || !reserve(b))
		return NULL;
	p = uk_heap_take("heap", total << UK_PAGE_SHIFT);
	if (!p) {
		slab_trim(b, NULL);
		release_spare(b);
		p = uk_heap_take("heap", total << UK_PAGE_SHIFT);
	}
	if (!p)
		return NULL;
	s.base = (uintptr_t)p;
	s.start = UK_ALIGN_UP(s.base, align << UK_PAGE_SHIFT);
	insert(b, &s);
	return (void *)s.start;
}

void span_large_put(struct bbuddy *b, struct span *s)
{
	uintptr_t base = s->base;
	size_t len = s->n_pages << UK_PAGE_SHIFT;

	erase(b, s);
	uk_heap_give((void *)base, len);
}
