/* SPDX-License-Identifier: BSD-3-Clause */
/* Address space that is taken first and filled later, piece by piece. What
 * holds nothing is a record like any other, with its own address in place of
 * frames: so holes that adjoin join again. */
#include <uk/assert.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/vm.h>
#include "draw.h"
#include "extent.h"
#include "range.h"
#include "rights.h"

/* Giving a piece out of the middle back takes two records, and must not need
 * memory, which may be what there is none of: so many are kept for that. */
#define ROWS_KEPT 8

static bool is_span(uintptr_t va, size_t len)
{
	return len && UK_IS_ALIGNED(va | len, UK_PAGE_SIZE) && va + len > va;
}

void *uk_vm_reserve(const char *name, size_t len)
{
	struct mem_range r = {
		.name = name,
		.len = len,
		/* With or without mitigation guard: it is address space, and
		 * the heap's promise. */
		.below = true,
		.above = true,
		.flags = MEM_HEAD | MEM_HOLE,
	};

	if (!name || !is_span(UK_PAGE_SIZE, len) ||
	    mem_table_room(&mem_ranges, 1))
		return NULL;
	r.va = mem_place(len, r.below, r.above,
			 MEM_ASLR && len >= MEM_LARGE_PAGE ?
			 mem_draw_phase() : 0);
	if (!r.va)
		return NULL;
	r.pa = r.va;
	mem_range_add(&r);
	return (void *)r.va;
}

/* Turn [va, va + len), part of one record, into a piece of its own. */
static struct mem_range *carve(uintptr_t va, size_t len)
{
	mem_range_split(va);
	mem_range_split(va + len);
	return mem_range_at(mem_range_holding(va));
}

/* Empty the pieces of [va, end); they begin and end there. */
static void empty(uintptr_t va, uintptr_t end)
{
	uintptr_t at = va;

	while (at < end) {
		struct mem_range *r = mem_range_at(mem_range_holding(at));
		uint64_t pa = r->pa;

		/* Whole mappings as they were made: nothing to split, so
		 * nothing that may fail. */
		if ((r->rights & MEM_RWX) && ukplat_unmap(r->va, r->len))
			UK_CRASH("memory of %s cannot be unmapped", r->name);
		at = r->va + r->len;
		r->pa = r->va;
		r->rights = 0;
		r->flags = (r->flags & MEM_HEAD) | MEM_HOLE;
		uk_frame_free(pa, (at - r->va) >> UK_PAGE_SHIFT);
	}
	mem_range_join(va, end);
}

/* Frames for some of the `left` bytes at va; how many bytes, 0: none. */
static size_t fill_some(uintptr_t va, size_t left)
{
	unsigned int rights = mem_rights(UK_MEM_R | UK_MEM_W);
	struct mem_range r = { .va = va, .rights = (uint16_t)rights };
	struct mem_range *piece;
	size_t n;

	if (mem_table_room(&mem_ranges, 2 + ROWS_KEPT))
		return 0;
	n = mem_frame_take(left >> UK_PAGE_SHIFT, false, &r.pa);
	r.len = n << UK_PAGE_SHIFT;
	if (!n || mem_fill(&r, true)) {
		if (n)
			uk_frame_free(r.pa, n);
		return 0;
	}
	piece = carve(va, r.len);
	piece->pa = r.pa;
	piece->rights = r.rights;
	piece->flags = (piece->flags & MEM_HEAD) | MEM_OURS;
	return r.len;
}

int uk_vm_commit(void *va, size_t len)
{
	uintptr_t start = (uintptr_t)va, at;
	uint32_t i = mem_range_holding(start);
	size_t n;

	if (!is_span(start, len))
		return -EINVAL;
	if (i == mem_ranges.n)
		return -ENOENT;
	if (!(mem_range_at(i)->flags & MEM_HOLE) ||
	    mem_range_at(i)->va + mem_range_at(i)->len < start + len)
		return -EPERM;
	for (at = start; at < start + len; at += n) {
		n = fill_some(at, start + len - at);
		if (!n) {
			if (at > start)
				empty(start, at);
			return -ENOMEM;
		}
	}
	mem_range_join(start, start + len);
	return 0;
}

int uk_vm_decommit(void *va, size_t len)
{
	uintptr_t start = (uintptr_t)va, end = start + len, at = start;
	uint32_t i = mem_range_holding(start);

	if (!is_span(start, len))
		return -EINVAL;
	for (; at < end; i++) {
		const struct mem_range *r;

		if (i >= mem_ranges.n || mem_range_at(i)->va > at)
			return -ENOENT;
		r = mem_range_at(i);
		if (!(r->flags & MEM_OURS) ||
		    (r->flags & (MEM_SEALED | MEM_FIXED | MEM_CORE)))
			return -EPERM;
		at = r->va + r->len;
	}
	if (mem_table_room(&mem_ranges, 2))
		return -ENOMEM;
	mem_range_split(start);
	mem_range_split(end);
	empty(start, end);
	/* Out of what was given back, if need be. */
	(void)mem_table_room(&mem_ranges, ROWS_KEPT);
	return 0;
}
