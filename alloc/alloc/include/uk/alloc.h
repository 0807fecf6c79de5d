/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The allocation interface. An allocator fills struct uk_alloc and registers;
 * libraries call the uk_* functions with an allocator, or NULL for the one of
 * their own build profile (the default one).
 *
 * All functions: thread context, no sleeping, not interrupt-safe. Failure is
 * NULL and errno-free; counts are checked against overflow. Freeing what the
 * allocator did not hand out is a crash ("heap"), not undefined behaviour,
 * wherever the allocator can tell.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

struct uk_alloc_stats {
	size_t bytes_used, bytes_peak;	/* as asked for, live now / at most */
	size_t blocks_used;		/* live allocations */
	uint64_t n_alloc, n_free, n_fail; /* since boot */
};

struct uk_alloc {
	const char *name;	/* "bbuddy", static storage */
	void *(*malloc)(struct uk_alloc *a, size_t size);
	void *(*memalign)(struct uk_alloc *a, size_t align, size_t size);
	void *(*realloc)(struct uk_alloc *a, void *p, size_t size);
	void (*free)(struct uk_alloc *a, void *p);
	size_t (*usable_size)(struct uk_alloc *a, const void *p);
	/* Whole pages: n_pages in a row, page-aligned. NULL members: -> malloc */
	void *(*palloc)(struct uk_alloc *a, size_t n_pages);
	void (*pfree)(struct uk_alloc *a, void *p, size_t n_pages);
	/* Give the allocator more memory (page-aligned). 0 or -errno. */
	int (*addmem)(struct uk_alloc *a, void *base, size_t len);
	struct uk_alloc_stats stats;
	struct uk_alloc *next;
};

/* The first allocator that registers becomes the default one. */
int uk_alloc_register(struct uk_alloc *a);
struct uk_alloc *uk_alloc_get_default(void);

/* Every result is aligned to 16 bytes at least; malloc(0) gives a unique
 * pointer that may only be freed. memalign: -> NULL unless align is a power of
 * two. realloc(NULL, n) = malloc(n); realloc(p, 0) frees and gives NULL. */
void *uk_malloc(struct uk_alloc *a, size_t size);
void *uk_calloc(struct uk_alloc *a, size_t n, size_t size); /* zeroed */
void *uk_memalign(struct uk_alloc *a, size_t align, size_t size);
void *uk_realloc(struct uk_alloc *a, void *p, size_t size);
void uk_free(struct uk_alloc *a, void *p); /* NULL: nothing happens */
size_t uk_malloc_usable_size(struct uk_alloc *a, const void *p);
void *uk_palloc(struct uk_alloc *a, size_t n_pages);
void uk_pfree(struct uk_alloc *a, void *p, size_t n_pages);

/* Statistics by library (CONFIG_LIBUKALLOC_STATS): lib is __LIBNAME__ of the
 * caller. -ENOENT: that library never allocated. */
int uk_alloc_stats_lib(const char *lib, struct uk_alloc_stats *out);
