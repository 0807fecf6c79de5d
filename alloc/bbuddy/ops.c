/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/allocbbuddy.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/init.h>
#include <uk/str.h>

#include "state.h"

/* What a pointer that came back from a caller turned out to be. */
struct block {
	struct span *span;
	struct page *page;	/* NULL: a large block */
	unsigned int obj;	/* in a slab: which */
	size_t usable;
};

static struct bbuddy *self(struct uk_alloc *a)
{
	return uk_container_of(a, struct bbuddy, a);
}

static size_t pages(size_t size)
{
	return (size + UK_PAGE_SIZE - 1) >> UK_PAGE_SHIFT;
}

UK_NORETURN static void refuse(const char *op, const char *why)
{
	uk_crash(UK_DEATH_HEAP, "bbuddy: %s of %s", op, why);
}

static const char not_ours[] = "a pointer that this heap did not hand out";
static const char inside[] = "a pointer into the middle of a block";
static const char is_free[] = "a block that is free already";

/* The live block that starts at p; anything else is a crash. */
static struct block resolve(struct bbuddy *b, const void *p, const char *op)
{
	struct block blk = { .span = span_find(b, p) };
	uintptr_t off;
	struct chunk *c;

	if (!blk.span)
		refuse(op, not_ours);
	c = blk.span->chunk;
	if (!c) {
		if ((uintptr_t)p != blk.span->start)
			refuse(op, inside);
		blk.usable = (blk.span->n_pages << UK_PAGE_SHIFT) -
			     (blk.span->start - blk.span->base);
		return blk;
	}
	off = (uintptr_t)p - c->base;
	blk.page = &c->page[off >> UK_PAGE_SHIFT];
	off &= UK_PAGE_SIZE - 1;
	if (blk.page->state == PAGE_RUN && !off) {
		blk.usable = blk.page->run << UK_PAGE_SHIFT;
	} else if (blk.page->state == PAGE_SLAB) {
		blk.usable = slab_size(blk.page);
		blk.obj = (unsigned int)off / (unsigned int)blk.usable;
		if (off % blk.usable ||
		    blk.obj >= UK_PAGE_SIZE / blk.usable)
			refuse(op, inside);
		if (blk.page->bits[blk.obj / 64] >> (blk.obj % 64) & 1)
			refuse(op, is_free);
	} else {
		refuse(op, page_is_free(c, (size_t)(blk.page - c->page)) ?
		       is_free : inside);
	}
	return blk;
}

static void release(struct bbuddy *b, struct block blk)
{
	if (!blk.page)
		span_large_put(b, blk.span);
	else if (blk.page->state == PAGE_SLAB)
		slab_put(b, blk.page, blk.obj);
	else
		run_put(b, blk.page);
}

/* Each of the two ways helps out the other when memory is short. */
static void *pages_get(struct bbuddy *b, size_t n, size_t align)
{
	size_t span = n + align - 1;
	struct page *pg = NULL;
	void *p;

	if (span <= LARGE_PAGES) {
		pg = run_get(b, n, align);
		if (!pg && span_grow(b, span))
			pg = run_get(b, n, align);
	}
	if (!pg) {
		p = span_large_get(b, n, align);
		if (p)
			return p;
		pg = run_get(b, n, align);
	}
	return pg ? (void *)page_addr(pg) : NULL;
}

static void *bbuddy_malloc(struct uk_alloc *a, size_t size)
{
	if (size <= SMALL_MAX)
		return slab_get(self(a), slab_class(size));
	return pages_get(self(a), pages(size), 1);
}

static void *bbuddy_memalign(struct uk_alloc *a, size_t align, size_t size)
{
	size_t pow2;

	if (align <= 16)
		return bbuddy_malloc(a, size);
	if (align <= SMALL_MAX && size <= SMALL_MAX) {
		for (pow2 = align; pow2 < size; pow2 *= 2)
			;
		return slab_get(self(a), slab_class(pow2));
	}
	return pages_get(self(a), pages(size),
			 UK_MAX(align >> UK_PAGE_SHIFT, 1ul));
}

static void bbuddy_free(struct uk_alloc *a, void *p)
{
	release(self(a), resolve(self(a), p, "free"));
}

static size_t bbuddy_usable_size(struct uk_alloc *a, const void *p)
{
	return resolve(self(a), p, "usable_size").usable;
}

/* Can the block stay where it is, and not be mostly empty then? */
static bool fits(struct bbuddy *b, const struct block *blk, size_t size)
{
	if (blk->page && blk->page->state == PAGE_RUN)
		return size > SMALL_MAX &&
		       run_resize(b, blk->page, pages(size));
	return size <= blk->usable &&
	       (size > blk->usable / 2 || blk->usable <= 64);
}

static void *bbuddy_realloc(struct uk_alloc *a, void *p, size_t size)
{
	struct block blk = resolve(self(a), p, "realloc");
	void *q;

	if (fits(self(a), &blk, size))
		return p;
	q = bbuddy_malloc(a, size);
	if (q) {
		memcpy(q, p, UK_MIN(size, blk.usable));
		bbuddy_free(a, p); /* the table may have moved: look again */
	} else if (size <= blk.usable) {
		q = p; /* no memory to shrink into: it may stay */
	}
	return q;
}

static void *bbuddy_palloc(struct uk_alloc *a, size_t n_pages)
{
	return pages_get(self(a), n_pages, 1);
}

static void bbuddy_pfree(struct uk_alloc *a, void *p, size_t n_pages)
{
	struct block blk = resolve(self(a), p, "pfree");

	if (blk.usable != n_pages << UK_PAGE_SHIFT)
		refuse("pfree", "another number of pages than was handed out");
	release(self(a), blk);
}

static int bbuddy_addmem(struct uk_alloc *a, void *base, size_t len)
{
	return span_add_chunk(self(a), (uintptr_t)base, len >> UK_PAGE_SHIFT,
			      false);
}

static const struct uk_alloc_ops bbuddy_ops = {
	.malloc = bbuddy_malloc,
	.memalign = bbuddy_memalign,
	.realloc = bbuddy_realloc,
	.free = bbuddy_free,
	.usable_size = bbuddy_usable_size,
	.palloc = bbuddy_palloc,
	.pfree = bbuddy_pfree,
	.addmem = bbuddy_addmem,
};

static struct bbuddy bbuddy;

/* Filled in here: so that a KiB of zeroes is not in the file. */
struct uk_alloc *uk_allocbbuddy_get(void)
{
	bbuddy.a.name = "bbuddy";
	bbuddy.a.ops = &bbuddy_ops;
	return &bbuddy.a;
}

static int bbuddy_init(void)
{
	unsigned int i;

	for (i = 0; i <= MAX_ORDER; i++)
		uk_list_init(&bbuddy.free[i]);
	for (i = 0; i < N_CLASSES; i++)
		uk_list_init(&bbuddy.slabs[i]);
	return uk_alloc_register(uk_allocbbuddy_get());
}
#ifdef CONFIG_LIBUKALLOC_DEFAULT_BBUDDY
UK_INIT_ENTRY("1alloc", 3, bbuddy_init);
#else
uk_alloc_initcall(bbuddy_init);
#endif
