/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who owns which live block, and what each library holds. The records lie
 * apart from the blocks, so they work with every allocator and no overflow
 * of a block reaches them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/alloc.h>

#ifdef CONFIG_LIBUKALLOC_STATS
/* Make room for one record of lib. false: no memory; the allocation that it
 * was for must fail then, so that nothing is ever lost. */
bool uk_stats_prepare(struct uk_alloc *a, const char *lib);
/* Record a block; uk_stats_prepare has made room. */
void uk_stats_add(struct uk_alloc *a, const void *p, size_t size,
		  const char *lib);
void uk_stats_del(struct uk_alloc *a, const void *p);
void uk_stats_fail(const char *lib);
#else
static inline bool uk_stats_prepare(struct uk_alloc *a, const char *lib)
{
	(void)a;
	(void)lib;
	return true;
}
static inline void uk_stats_add(struct uk_alloc *a, const void *p,
				size_t size, const char *lib)
{
	(void)a;
	(void)p;
	(void)size;
	(void)lib;
}
static inline void uk_stats_del(struct uk_alloc *a, const void *p)
{
	(void)a;
	(void)p;
}
static inline void uk_stats_fail(const char *lib)
{
	(void)lib;
}
#endif
