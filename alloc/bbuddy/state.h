/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the buddy allocator knows. None of it lies among the blocks: each
 * chunk of pages has its records in another mapping, with unmapped pages
 * round it, so no overflow of a block reaches a record.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/alloc.h>
#include <uk/list.h>
#include <uk/plat.h>

#define MAX_ORDER 18		/* largest free block: 2^18 pages, 1 GiB */
#define LARGE_PAGES 128		/* more than this gets a mapping of its own */
#define SMALL_MAX 2048		/* most bytes in a slab's object */
#define N_CLASSES 22
#define FIRST_SPANS 8

enum page_state {
	PAGE_INNER,	/* not the first page of anything, or never used */
	PAGE_FREE,	/* first of a free block of 2^order pages */
	PAGE_RUN,	/* first of `run` pages in use */
	PAGE_SLAB,	/* cut into objects of one size class */
};

/* One for each page; only that of a block's first page is ever touched. */
struct page {
	struct uk_link link;		/* free blocks, slabs with room */
	uint32_t idx;			/* its place in chunk.page[] */
	uint8_t state;			/* enum page_state */
	uint8_t order;			/* PAGE_FREE; PAGE_SLAB: the class */
	uint16_t n_free;		/* PAGE_SLAB: objects */
	size_t run;			/* PAGE_RUN: pages */
	uint64_t bits[4];		/* PAGE_SLAB: 1 = object is free */
};

/* Head of the records of one piece of memory. */
struct chunk {
	uintptr_t base;
	size_t n_pages, n_free;
	size_t n_empty;			/* slabs without an object */
	bool ours;			/* from uk_heap_take: may go back */
	struct page page[];
};

/* A piece of address space that belongs to this heap. */
struct span {
	uintptr_t base;
	size_t n_pages;
	struct chunk *chunk;		/* NULL: one large block */
	uintptr_t start;		/* where the large block starts */
};

struct bbuddy {
	struct uk_alloc a;
	uint32_t orders;		/* bit o: free[o] is not empty */
	struct uk_link free[MAX_ORDER + 1];
	struct uk_link slabs[N_CLASSES]; /* with room; an empty one is last */
	struct chunk *spare;		/* idle, kept for the next use */
	struct span *span;		/* by address */
	size_t n_spans, max_spans;
	struct span first_span[FIRST_SPANS];
};

static inline struct chunk *page_chunk(struct page *pg)
{
	return uk_container_of(pg - pg->idx, struct chunk, page);
}

/* Nothing of it is in use. */
static inline bool chunk_is_idle(const struct chunk *c)
{
	return c->n_free + c->n_empty == c->n_pages;
}

static inline uintptr_t page_addr(struct page *pg)
{
	return page_chunk(pg)->base + ((uintptr_t)pg->idx << UK_PAGE_SHIFT);
}

/* run.c: runs of pages out of buddy blocks */

/* n pages in a row, the first at a multiple of align pages (power of two).
 * NULL: nothing free fits (no growing here). */
struct page *run_get(struct bbuddy *b, size_t n, size_t align);
void run_put(struct bbuddy *b, struct page *pg);
/* Make a run longer or shorter where it is. false: what follows is taken. */
bool run_resize(struct bbuddy *b, struct page *pg, size_t n);
/* Free pages of a chunk: new ones, or part of a run. */
void range_put(struct bbuddy *b, struct chunk *c, size_t idx, size_t n);
/* Forget the free blocks of a chunk that is wholly free. */
void range_forget(struct bbuddy *b, struct chunk *c);
/* Is this page part of a free block? */
bool page_is_free(struct chunk *c, size_t idx);

/* slab.c: objects up to SMALL_MAX bytes */
unsigned int slab_class(size_t size);
size_t slab_size(const struct page *pg);
void *slab_get(struct bbuddy *b, unsigned int cls);
void slab_put(struct bbuddy *b, struct page *pg, unsigned int obj);
/* Give the pages of empty slabs back to the buddy; those of c, NULL: all. */
void slab_trim(struct bbuddy *b, const struct chunk *c);

/* span.c: which memory is ours */
struct span *span_find(struct bbuddy *b, const void *p);
/* Take memory until a run of n pages (as run_get) fits. */
bool span_grow(struct bbuddy *b, size_t n);
int span_add_chunk(struct bbuddy *b, uintptr_t base, size_t n, bool ours);
/* Pages of c were freed: if it is idle now it becomes the spare chunk, or goes
 * back to core/mem if there is one already. */
void span_freed(struct bbuddy *b, struct chunk *c);
void *span_large_get(struct bbuddy *b, size_t n, size_t align);
void span_large_put(struct bbuddy *b, struct span *s);
