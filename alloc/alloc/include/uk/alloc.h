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
#include <uk/config.h>
#include <uk/essentials.h>

struct uk_alloc_stats {
	/* As asked for, live now / at most; need CONFIG_LIBUKALLOC_STATS */
	size_t bytes_used, bytes_peak;
	size_t blocks_used;		/* live allocations */
	uint64_t n_alloc, n_free, n_fail; /* since boot */
};

struct uk_alloc;

/*
 * What an allocator does: one constant table in read-only memory. The
 * wrappers below have checked the arguments: sizes are at most PTRDIFF_MAX,
 * align is a power of two, p is not NULL, realloc's size is not 0, a pages
 * count is 1 or more and fits in bytes.
 */
struct uk_alloc_ops {
	void *(*malloc)(struct uk_alloc *a, size_t size);
	void *(*memalign)(struct uk_alloc *a, size_t align, size_t size);
	void *(*realloc)(struct uk_alloc *a, void *p, size_t size);
	void (*free)(struct uk_alloc *a, void *p);
	size_t (*usable_size)(struct uk_alloc *a, const void *p);
	/* Whole pages in a row, page-aligned. Both NULL: memalign and free. */
	void *(*palloc)(struct uk_alloc *a, size_t n_pages);
	void (*pfree)(struct uk_alloc *a, void *p, size_t n_pages);
	/* Which of several heaps p came from; NULL: there is one. a if no
	 * other says so. */
	struct uk_alloc *(*holder)(struct uk_alloc *a, const void *p);
	/* What malloc and memalign give is zero in every byte. */
	bool zeroed;
	/* Use this memory too (page-aligned, not 0). 0 or -errno. */
	int (*addmem)(struct uk_alloc *a, void *base, size_t len);
};

struct uk_alloc {
	const char *name;	/* "bbuddy", static storage */
	const struct uk_alloc_ops *ops;
	struct uk_alloc_stats stats;	/* kept by the wrappers */
	struct uk_alloc *next;		/* next registered one */
};

/* The first allocator that registers becomes the default one. The structure
 * stays the caller's and must live for ever. -EINVAL: an entry that has to be
 * there is NULL. -EEXIST: registered before. */
int uk_alloc_register(struct uk_alloc *a);
/* NULL before the first one registered (init class "alloc"). */
struct uk_alloc *uk_alloc_get_default(void);

/*
 * Heaps by library: UK_HEAP=n (1 to UK_ALLOC_HEAPS, an option of each library
 * behind its profile) makes NULL mean heap n there, so that what this library
 * frees is never handed out to another one. Heaps that nobody set are the
 * default one. A block may be given back from anywhere.
 */
#define UK_ALLOC_HEAPS 3
/* While booting only. -EINVAL: no such number. */
int uk_alloc_set_heap(unsigned int n, struct uk_alloc *a);
struct uk_alloc *uk_alloc_get_heap(unsigned int n);

/* Every result is aligned to 16 bytes at least; malloc(0) gives a unique
 * pointer that may only be freed. memalign: -> NULL unless align is a power of
 * two. realloc(NULL, n) = malloc(n); realloc(p, 0) frees and gives NULL; when
 * it fails p stays as it was. A block is given back to the allocator that it
 * came from, the pages of palloc with pfree and the same count. */
void *uk_malloc(struct uk_alloc *a, size_t size);
void *uk_calloc(struct uk_alloc *a, size_t n, size_t size); /* zeroed */
void *uk_memalign(struct uk_alloc *a, size_t align, size_t size);
void *uk_realloc(struct uk_alloc *a, void *p, size_t size);
void uk_free(struct uk_alloc *a, void *p); /* NULL: nothing happens */
/* Bytes that may be used at p, >= the size asked for; 0 for NULL. */
size_t uk_malloc_usable_size(struct uk_alloc *a, const void *p);
void *uk_palloc(struct uk_alloc *a, size_t n_pages);
void uk_pfree(struct uk_alloc *a, void *p, size_t n_pages);
/* Hand more memory to an allocator, for good. -EINVAL: not page-aligned,
 * empty or wraps. -ENOTSUP: it takes none. -ENOMEM: no room for its records. */
int uk_alloc_addmem(struct uk_alloc *a, void *base, size_t len);

/* Statistics by library (CONFIG_LIBUKALLOC_STATS): lib is __LIBNAME__ of the
 * caller. -ENOENT: that library never allocated (or the option is off).
 * A block counts for the library that asked for it, whoever frees it. */
int uk_alloc_stats_lib(const char *lib, struct uk_alloc_stats *out);
/* fn for every library that allocated until it returns non-zero (returned). */
int uk_alloc_stats_foreach(int (*fn)(const char *lib,
				     const struct uk_alloc_stats *st,
				     void *arg), void *arg);

/* The same with the library that the block counts for; lib has static
 * storage. A libc calls these where it can name its own caller. */
void *uk_malloc_for(struct uk_alloc *a, size_t size, const char *lib);
void *uk_calloc_for(struct uk_alloc *a, size_t n, size_t size,
		    const char *lib);
void *uk_memalign_for(struct uk_alloc *a, size_t align, size_t size,
		      const char *lib);
void *uk_realloc_for(struct uk_alloc *a, void *p, size_t size,
		     const char *lib);
void *uk_palloc_for(struct uk_alloc *a, size_t n_pages, const char *lib);

#ifdef UK_HEAP
#define UK_HEAP_OF(a) ((a) ? (a) : uk_alloc_get_heap(UK_HEAP))
#else
#define UK_HEAP_OF(a) (a)
#endif
#if defined(CONFIG_LIBUKALLOC_STATS) || defined(UK_HEAP)
#ifndef __LIBNAME__
#define __LIBNAME__ "unknown"
#endif
#define uk_malloc(a, size) \
	uk_malloc_for(UK_HEAP_OF(a), (size), __LIBNAME__)
#define uk_calloc(a, n, size) \
	uk_calloc_for(UK_HEAP_OF(a), (n), (size), __LIBNAME__)
#define uk_memalign(a, align, size)					\
	uk_memalign_for(UK_HEAP_OF(a), (align), (size), __LIBNAME__)
#define uk_realloc(a, p, size)						\
	uk_realloc_for(UK_HEAP_OF(a), (p), (size), __LIBNAME__)
#define uk_palloc(a, n_pages) \
	uk_palloc_for(UK_HEAP_OF(a), (n_pages), __LIBNAME__)
#endif
