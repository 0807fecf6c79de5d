/* SPDX-License-Identifier: BSD-3-Clause */
/* What others may see of the address space. */
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/vm.h>
#include "extent.h"
#include "range.h"
#include "rights.h"

/* Entries of one page table. */
#define PT_ENTRIES 512

/*
 * Record *i and those behind it that belong to the same area and have equal
 * rights, as one range: how the frames lie is nobody's business. *i: the next.
 */
static void view(uint32_t *i, struct uk_vm_range *out)
{
	const struct mem_range *r = mem_range_at(*i);

	out->va = r->va;
	out->len = r->len;
	out->rights = r->rights;
	out->name = r->name;
	for (++*i; *i < mem_ranges.n; ++*i) {
		r = mem_range_at(*i);
		if ((r->flags & MEM_HEAD) || r->rights != out->rights)
			return;
		out->len += r->len;
	}
}

int uk_vm_find(uintptr_t va, struct uk_vm_range *out)
{
	uint32_t i = mem_range_holding(va);

	if (i == mem_ranges.n)
		return -ENOENT;
	while (!(mem_range_at(i)->flags & MEM_HEAD) &&
	       mem_range_at(i - 1)->rights == mem_range_at(i)->rights)
		i--;
	view(&i, out);
	return 0;
}

int uk_vm_foreach(int (*fn)(const struct uk_vm_range *r, void *arg), void *arg)
{
	uint32_t i = 0;
	int rc = 0;

	while (i < mem_ranges.n && !rc) {
		struct uk_vm_range r;

		view(&i, &r);
		/* A window of core/mem that has no page yet is no range. */
		if (r.len)
			rc = fn(&r, arg);
	}
	return rc;
}

uint64_t uk_vm_phys(const void *va)
{
	uintptr_t page = UK_ALIGN_DOWN((uintptr_t)va, UK_PAGE_SIZE);
	unsigned int rights;
	uint64_t pa;
	size_t len;

	if (ukplat_map_query(page, &pa, &rights, &len))
		return UINT64_MAX;
	return pa + ((uintptr_t)va - page);
}

size_t uk_vm_available(void)
{
	struct uk_frame_stats st;
	uint64_t cost, rows;

	uk_frame_stats(&st);
	/* Page tables: of three levels, each of which begins in the middle,
	 * and one page of those above. */
	cost = st.free / PT_ENTRIES + 2;
	cost += cost / PT_ENTRIES + 2 + 2;
	/* Records: in the worst case one a run, and the tables for them. */
	rows = mem_extents.n + (MEM_ASLR ? 1 : 0);
	if (mem_ranges.cap - mem_ranges.n < rows)
		cost += rows * mem_ranges.row / UK_PAGE_SIZE + 1 + 3;
	if (st.free <= cost)
		return 0;
	return UK_MIN((st.free - cost) << UK_PAGE_SHIFT, mem_place_largest());
}
