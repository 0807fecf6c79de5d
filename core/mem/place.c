/* SPDX-License-Identifier: BSD-3-Clause */
/* Where things come to lie in the address space. */
#include <uk/essentials.h>
#include <uk/plat.h>
#include "draw.h"
#include "range.h"
#include "rights.h"

/* Before the first gap will do: that all are taken takes an address space that
 * is almost full. */
#ifndef RANDOM_TRIES
#define RANDOM_TRIES 16
#endif

struct gap {
	uintptr_t start, end;
};

/* The gap before record i, or the last one (i == n), within the window that
 * the platform allows; guards of the neighbours are not part of it. */
static struct gap gap_before(uint32_t i)
{
	struct gap g = { ukplat_info.va_start, ukplat_info.va_end };
	const struct mem_range *r;

	if (i < mem_ranges.n) {
		r = mem_range_at(i);
		g.end = UK_MIN(g.end, r->va - r->below * UK_PAGE_SIZE);
	}
	if (i) {
		r = mem_range_at(i - 1);
		g.start = UK_MAX(g.start, r->va + r->len +
				 r->above * UK_PAGE_SIZE);
	}
	return g;
}

/* A random place that is free, or 0 after some that were not. */
static uintptr_t place_random(size_t len, uint32_t below, uint32_t above,
			      uintptr_t phase, size_t grain)
{
	uintptr_t start = ukplat_info.va_start + below * UK_PAGE_SIZE;
	size_t room = ukplat_info.va_end - start, need;
	int tries;

	need = above * UK_PAGE_SIZE + grain;
	if (len > room || need > room - len)
		return 0;
	for (tries = 0; tries < RANDOM_TRIES; tries++) {
		uintptr_t va = start + UK_PAGE_SIZE *
			mem_draw((room - len - need) / UK_PAGE_SIZE + 1);
		struct gap g;

		va += (phase - va) & (grain - 1);
		g = gap_before(mem_range_find(va - below * UK_PAGE_SIZE));
		if (va - below * UK_PAGE_SIZE >= g.start && va < g.end &&
		    len + above * UK_PAGE_SIZE <= g.end - va)
			return va;
	}
	return 0;
}

uintptr_t mem_place(size_t len, uint32_t below, uint32_t above, uint64_t pa)
{
	size_t grain = len >= MEM_LARGE_PAGE ? MEM_LARGE_PAGE : UK_PAGE_SIZE;
	uintptr_t phase = pa & (grain - 1);
	uintptr_t drawn;
	uint32_t i;

	drawn = MEM_ASLR ? place_random(len, below, above, phase, grain) : 0;
	if (drawn)
		return drawn;

	for (i = 0; i <= mem_ranges.n; i++) {
		struct gap g = gap_before(i);
		uintptr_t va = g.start + below * UK_PAGE_SIZE;

		/* The next address that is `phase` modulo the grain. */
		va += (phase - va) & (grain - 1);
		if (va < g.end && len <= g.end - va &&
		    above * UK_PAGE_SIZE <= g.end - va - len)
			return va;
	}
	return 0;
}

size_t mem_place_largest(void)
{
	/* Two guards, and what fitting the phase may skip. */
	const size_t lost = 2 * UK_PAGE_SIZE + MEM_LARGE_PAGE;
	size_t best = 0;
	uint32_t i;

	for (i = 0; i <= mem_ranges.n; i++) {
		struct gap g = gap_before(i);

		if (g.end > g.start && g.end - g.start > lost)
			best = UK_MAX(best, g.end - g.start - lost);
	}
	return best;
}
