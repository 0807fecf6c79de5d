/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory comes and goes. Everything is checked before anything is done; what
 * runs out midway is undone. */
#include <uk/arch/block.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/vm.h>
#include "extent.h"
#include "range.h"
#include "rights.h"

#define FLAGS (UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE | UK_VM_CONTIGUOUS | \
	       UK_VM_DIRTY)

/* Map one run of frames; if it is to be zeroed, before its rights may forbid
 * that. On failure nothing is mapped. */
static int fill(const struct mem_range *r, bool zero)
{
	bool late = zero && !(r->rights & UK_MEM_W);
	int rc;

	rc = ukplat_map(r->va, r->pa, r->len,
			late ? UK_MEM_R | UK_MEM_W : r->rights);
	if (rc)
		return rc;
	if (zero)
		ukarch_fill_words((void *)r->va, 0, r->len / 8);
	if (late)
		rc = ukplat_protect(r->va, r->len, r->rights);
	if (rc)
		ukplat_unmap(r->va, r->len);
	return rc;
}

/* Give back records [start, end), the last one first, so that what is left
 * after a failure is an area still. */
static int drop(uintptr_t start)
{
	for (;;) {
		uint32_t i = mem_range_holding(start);
		struct mem_range r;
		int rc;

		i = mem_area_end(i) - 1;
		r = *mem_range_at(i);
		rc = r.rights & MEM_RWX ? ukplat_unmap(r.va, r.len) : 0;
		if (rc)
			return rc;
		mem_table_remove(&mem_ranges, i);
		if (r.flags & MEM_OURS)
			uk_frame_free(r.pa, r.len >> UK_PAGE_SHIFT);
		if (r.va == start)
			return 0;
	}
}

/* One more piece of the area, behind `done` bytes that are there already. */
static int extend(struct mem_range *r, size_t left, unsigned int flags)
{
	size_t n;
	int rc = mem_table_room(&mem_ranges, 1);

	if (rc)
		return rc;
	n = mem_frame_take(left >> UK_PAGE_SHIFT, flags & UK_VM_CONTIGUOUS,
			   &r->pa);
	if (!n)
		return -ENOMEM;
	if (r->flags & MEM_HEAD)
		r->va = mem_place(left, r->below, r->above, r->pa);
	r->len = n << UK_PAGE_SHIFT;
	rc = r->va ? fill(r, !(flags & UK_VM_DIRTY)) : -ENOMEM;
	if (rc) {
		uk_frame_free(r->pa, n);
		return rc;
	}
	mem_range_add(r);
	return 0;
}

static void *alloc(struct mem_range *r, size_t len, unsigned int flags)
{
	uint32_t above = r->above;
	uintptr_t start = 0;
	size_t done;

	for (done = 0; done < len; done += r->len) {
		if (extend(r, len - done, flags)) {
			if (done)
				drop(start);
			return NULL;
		}
		if (!done)
			start = r->va;
		r->va += r->len;
		r->flags &= (uint16_t)~MEM_HEAD;
		r->below = 0;
		r->above = 0;
	}
	/* Only now: nothing else could be placed meanwhile. */
	mem_range_at(mem_range_holding(start + len - 1))->above = above;
	mem_range_join(start, start + len - 1);
	return (void *)start;
}

void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags)
{
	struct mem_range r = {
		.name = name,
		.below = MEM_GUARD && (flags & UK_VM_GUARD_BELOW),
		.above = MEM_GUARD && (flags & UK_VM_GUARD_ABOVE),
		.rights = (uint16_t)mem_rights(rights),
		.flags = MEM_HEAD | MEM_OURS,
	};
	struct uk_frame_stats st;

	if (!name || !len || len > SIZE_MAX - UK_PAGE_SIZE ||
	    (flags & ~FLAGS) || !rights || mem_rights_check(rights))
		return NULL;
	len = UK_ALIGN_UP(len, UK_PAGE_SIZE);
	uk_frame_stats(&st);
	if (len >> UK_PAGE_SHIFT > st.free)
		return NULL;
	return alloc(&r, len, flags);
}

int uk_vm_free(void *va)
{
	/* What uk_vm_map_device returned need not be aligned. */
	uintptr_t start = UK_ALIGN_DOWN((uintptr_t)va, UK_PAGE_SIZE);
	uint32_t i = mem_range_holding(start), end;

	if (i == mem_ranges.n || mem_range_at(i)->va != start ||
	    !(mem_range_at(i)->flags & MEM_HEAD))
		return -ENOENT;
	if ((mem_range_at(i)->flags & MEM_OURS) && start != (uintptr_t)va)
		return -EINVAL;
	for (end = mem_area_end(i); i < end; i++)
		if (mem_range_at(i)->flags &
		    (MEM_SEALED | MEM_FIXED | MEM_CORE))
			return -EPERM;
	return drop(start);
}
