/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory comes and goes. Everything is checked before anything is done; what
 * runs out midway is undone. */
#include <uk/arch/block.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/vm.h>
#include "draw.h"
#include "extent.h"
#include "range.h"
#include "rights.h"

#define FLAGS (UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE | UK_VM_CONTIGUOUS | \
	       UK_VM_DIRTY)

int mem_fill(const struct mem_range *r, bool zero)
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

/*
 * An area in the making. What is large is mapped by large pages, so its frames
 * say where in one it begins, and those are no secret. So it is led by a random
 * number of small pages: `held` frames at held_pa are what comes behind them.
 */
struct making {
	struct mem_range r;	/* the next piece */
	size_t lead;		/* bytes; 0 where nothing leads */
	uint64_t held_pa;
	size_t held;
};

static int hold(struct making *m, size_t len, unsigned int flags)
{
	if (!MEM_ASLR || len < 2 * MEM_LARGE_PAGE ||
	    (flags & UK_VM_CONTIGUOUS))
		return 0;
	m->lead = mem_draw_phase();
	if (!m->lead)
		return 0;
	m->held = mem_frame_take((len - m->lead) >> UK_PAGE_SHIFT, false,
				 &m->held_pa);
	if (!m->held)
		return -ENOMEM;
	m->r.va = mem_place(len, m->r.below, m->r.above, m->held_pa - m->lead);
	return m->r.va ? 0 : -ENOMEM;
}

/* Frames for the piece behind `done` bytes that are there already. */
static size_t take(struct making *m, size_t done, size_t len,
		   unsigned int flags)
{
	size_t n = m->held;

	if (done < m->lead) {
		len = m->lead;
	} else if (n) {
		m->held = 0;
		m->r.pa = m->held_pa;
		return n;
	}
	return mem_frame_take((len - done) >> UK_PAGE_SHIFT,
			      flags & UK_VM_CONTIGUOUS, &m->r.pa);
}

/* One more piece of the area. */
static int extend(struct making *m, size_t done, size_t len,
		  unsigned int flags)
{
	struct mem_range *r = &m->r;
	size_t n;
	int rc = mem_table_room(&mem_ranges, 1);

	if (rc)
		return rc;
	n = take(m, done, len, flags);
	if (!n)
		return -ENOMEM;
	if (!r->va)
		r->va = mem_place(len, r->below, r->above, r->pa);
	r->len = n << UK_PAGE_SHIFT;
	rc = r->va ? mem_fill(r, !(flags & UK_VM_DIRTY)) : -ENOMEM;
	if (rc) {
		uk_frame_free(r->pa, n);
		return rc;
	}
	mem_range_add(r);
	return 0;
}

static void *alloc(const struct mem_range *first, size_t len,
		   unsigned int flags)
{
	struct making m = { .r = *first };
	uintptr_t start = 0;
	size_t done = 0;
	int rc = hold(&m, len, flags);

	while (!rc && done < len) {
		rc = extend(&m, done, len, flags);
		if (rc)
			break;
		if (!done)
			start = m.r.va;
		done += m.r.len;
		m.r.va += m.r.len;
		m.r.flags &= (uint16_t)~MEM_HEAD;
		m.r.below = 0;
		m.r.above = 0;
	}
	if (rc) {
		if (m.held)
			uk_frame_free(m.held_pa, m.held);
		if (done)
			drop(start);
		return NULL;
	}
	/* Only now: nothing else could be placed meanwhile. */
	mem_range_at(mem_range_holding(start + len - 1))->above = first->above;
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
