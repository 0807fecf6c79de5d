/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registry, and the checks that every request passes before an allocator
 * sees it. Names in parentheses: with statistics on they are macros too.
 */
#include <uk/alloc.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/str.h>

#include "stats.h"

static struct uk_alloc *alloc_list;	/* the first one is the default */

int uk_alloc_register(struct uk_alloc *a)
{
	const struct uk_alloc_ops *ops = a ? a->ops : NULL;
	struct uk_alloc **link;

	if (!ops || !a->name || !ops->malloc || !ops->memalign ||
	    !ops->realloc || !ops->free || !ops->usable_size ||
	    !ops->palloc != !ops->pfree)
		return -EINVAL;
	for (link = &alloc_list; *link; link = &(*link)->next)
		if (*link == a)
			return -EEXIST;
	a->next = NULL;
	*link = a;
	return 0;
}

struct uk_alloc *uk_alloc_get_default(void)
{
	return alloc_list;
}

/* Heaps beside the default one; set while booting. */
static struct uk_alloc *heaps[UK_ALLOC_HEAPS] UK_RO_AFTER_INIT_ZERO;

int uk_alloc_set_heap(unsigned int n, struct uk_alloc *a)
{
	if (!n || n > UK_ALLOC_HEAPS)
		return -EINVAL;
	heaps[n - 1] = a;
	return 0;
}

struct uk_alloc *uk_alloc_get_heap(unsigned int n)
{
	return n && n <= UK_ALLOC_HEAPS && heaps[n - 1] ? heaps[n - 1] :
		alloc_list;
}

/* The allocator that p is given back to. */
static struct uk_alloc *owner(struct uk_alloc *a, const void *p)
{
	a = a ? a : alloc_list;
	if (unlikely(!a))
		uk_crash(UK_DEATH_HEAP, "a block is given back before there is"
			 " an allocator");
	return a->ops->holder ? a->ops->holder(a, p) : a;
}

/* Is there an allocator, is the size possible, is there room to count it? */
static bool may_alloc(struct uk_alloc *a, size_t size, const char *lib)
{
	return a && size <= PTRDIFF_MAX && uk_stats_prepare(a, lib);
}

/* Count what the allocator answered, and hand it on. */
static void *counted(struct uk_alloc *a, void *p, size_t size,
		     const char *lib)
{
	if (p) {
		a->stats.n_alloc++;
		a->stats.blocks_used++;
		uk_stats_add(a, p, size, lib);
	} else {
		if (a)
			a->stats.n_fail++;
		uk_stats_fail(lib);
	}
	return p;
}

static void uncounted(struct uk_alloc *a, const void *p)
{
	a->stats.n_free++;
	a->stats.blocks_used--;
	uk_stats_del(a, p);
}

void *uk_malloc_for(struct uk_alloc *a, size_t size, const char *lib)
{
	void *p = NULL;

	a = a ? a : alloc_list;
	if (may_alloc(a, size, lib))
		p = a->ops->malloc(a, size ? size : 1);
	return counted(a, p, size, lib);
}

void *uk_calloc_for(struct uk_alloc *a, size_t n, size_t size,
		    const char *lib)
{
	size_t total;
	void *p;

	if (__builtin_mul_overflow(n, size, &total))
		total = SIZE_MAX; /* refused and counted by uk_malloc_for */
	p = uk_malloc_for(a, total, lib);
	if (p && !(a ? a : alloc_list)->ops->zeroed)
		memset(p, 0, total);
	return p;
}

void *uk_memalign_for(struct uk_alloc *a, size_t align, size_t size,
		      const char *lib)
{
	void *p = NULL;

	a = a ? a : alloc_list;
	if (UK_IS_POWER_OF_2(align) && align <= PTRDIFF_MAX &&
	    may_alloc(a, size, lib))
		p = a->ops->memalign(a, align, size ? size : 1);
	return counted(a, p, size, lib);
}

void *uk_realloc_for(struct uk_alloc *a, void *p, size_t size,
		     const char *lib)
{
	void *q = NULL;

	if (!p)
		return uk_malloc_for(a, size, lib);
	if (!size) {
		uk_free(a, p);
		return NULL;
	}
	a = owner(a, p);
	if (may_alloc(a, size, lib))
		q = a->ops->realloc(a, p, size);
	if (q)
		uncounted(a, p);
	return counted(a, q, size, lib);
}

void uk_free(struct uk_alloc *a, void *p)
{
	if (!p)
		return;
	a = owner(a, p);
	a->ops->free(a, p);
	uncounted(a, p);
}

size_t uk_malloc_usable_size(struct uk_alloc *a, const void *p)
{
	if (!p)
		return 0;
	a = owner(a, p);
	return a->ops->usable_size(a, p);
}

void *uk_palloc_for(struct uk_alloc *a, size_t n_pages, const char *lib)
{
	size_t len;
	void *p = NULL;

	if (__builtin_mul_overflow(n_pages, UK_PAGE_SIZE, &len))
		len = SIZE_MAX;
	a = a ? a : alloc_list;
	if (n_pages && may_alloc(a, len, lib))
		p = a->ops->palloc ? a->ops->palloc(a, n_pages) :
			a->ops->memalign(a, UK_PAGE_SIZE, len);
	return counted(a, p, len, lib);
}

void uk_pfree(struct uk_alloc *a, void *p, size_t n_pages)
{
	if (!p)
		return;
	a = owner(a, p);
	if (a->ops->pfree)
		a->ops->pfree(a, p, n_pages);
	else
		a->ops->free(a, p);
	uncounted(a, p);
}

int uk_alloc_addmem(struct uk_alloc *a, void *base, size_t len)
{
	uintptr_t from = (uintptr_t)base, to;

	a = a ? a : alloc_list;
	if (!a || !from || !len || ((from | len) & (UK_PAGE_SIZE - 1)) ||
	    __builtin_add_overflow(from, len, &to))
		return -EINVAL;
	return a->ops->addmem ? a->ops->addmem(a, base, len) : -ENOTSUP;
}

void *(uk_malloc)(struct uk_alloc *a, size_t size)
{
	return uk_malloc_for(a, size, __LIBNAME__);
}

void *(uk_calloc)(struct uk_alloc *a, size_t n, size_t size)
{
	return uk_calloc_for(a, n, size, __LIBNAME__);
}

void *(uk_memalign)(struct uk_alloc *a, size_t align, size_t size)
{
	return uk_memalign_for(a, align, size, __LIBNAME__);
}

void *(uk_realloc)(struct uk_alloc *a, void *p, size_t size)
{
	return uk_realloc_for(a, p, size, __LIBNAME__);
}

void *(uk_palloc)(struct uk_alloc *a, size_t n_pages)
{
	return uk_palloc_for(a, n_pages, __LIBNAME__);
}

#ifndef CONFIG_LIBUKALLOC_STATS
int uk_alloc_stats_lib(const char *lib, struct uk_alloc_stats *out)
{
	(void)lib;
	(void)out;
	return -ENOENT;
}

int uk_alloc_stats_foreach(int (*fn)(const char *lib,
				     const struct uk_alloc_stats *st,
				     void *arg), void *arg)
{
	(void)fn;
	(void)arg;
	return 0;
}
#endif
