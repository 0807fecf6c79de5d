/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/assert.h>
#include <uk/errno.h>
#include <uk/vm.h>
#include "range.h"
#include "rights.h"

int mem_rights_check(unsigned int rights)
{
	if (rights & ~MEM_RWX)
		return -EINVAL;
	if (rights && !(rights & UK_MEM_R))
		return -EINVAL;
	if (MEM_WX && (rights & UK_MEM_W) && (rights & UK_MEM_X))
		return -EPERM;
	return 0;
}

/* All of [va, end) is there, and may have these rights. */
static int check_pieces(uintptr_t va, uintptr_t end, unsigned int rights)
{
	uint32_t i;

	for (i = mem_range_holding(va); va < end; i++) {
		const struct mem_range *r;

		if (i >= mem_ranges.n || mem_range_at(i)->va > va)
			return -ENOENT;
		r = mem_range_at(i);
		if (r->flags & (MEM_CORE | MEM_HOLE))
			return -EPERM;
		if ((r->flags & MEM_SEALED) && (rights & ~r->rights))
			return -EPERM;
		if ((r->rights & UK_MEM_DEVICE) && (rights & UK_MEM_X))
			return -EPERM;
		va = r->va + r->len;
	}
	return 0;
}

/* Carry out one piece. A piece without rights is not mapped at all, so that
 * platforms need not know mappings that allow nothing. */
static int change(const struct mem_range *r, unsigned int from,
		  unsigned int to)
{
	if (from == to)
		return 0;
	if (!(from & MEM_RWX))
		return ukplat_map(r->va, r->pa, r->len, to);
	if (!(to & MEM_RWX))
		return ukplat_unmap(r->va, r->len);
	return ukplat_protect(r->va, r->len, to);
}

static unsigned int target(const struct mem_range *r, unsigned int rights)
{
	return rights | (r->rights & UK_MEM_DEVICE);
}

int mem_protect(uintptr_t va, size_t len, unsigned int rights)
{
	uint32_t first, i, end;
	int rc = mem_table_room(&mem_ranges, 2);

	if (rc)
		return rc;
	mem_range_split(va);
	mem_range_split(va + len);
	first = mem_range_find(va);
	end = mem_range_find(va + len);
	for (i = first; i < end && !rc; i++)
		rc = change(mem_range_at(i), mem_range_at(i)->rights,
			    target(mem_range_at(i), rights));
	if (rc) {
		/* Record i - 1 refused; those before it go back. */
		for (i--; i > first; i--)
			if (change(mem_range_at(i - 1),
				   target(mem_range_at(i - 1), rights),
				   mem_range_at(i - 1)->rights))
				UK_CRASH("rights of memory cannot be restored");
	} else {
		for (i = first; i < end; i++)
			mem_range_at(i)->rights =
				(uint16_t)target(mem_range_at(i), rights);
	}
	mem_range_join(va, va + len);
	return rc;
}

int uk_vm_protect(void *va, size_t len, unsigned int rights)
{
	uintptr_t start = (uintptr_t)va;
	int rc;

	if (!len || !UK_IS_ALIGNED(start | len, UK_PAGE_SIZE) ||
	    start + len < start)
		return -EINVAL;
	rc = mem_rights_check(rights);
	if (rc)
		return rc;
	rc = check_pieces(start, start + len, mem_rights(rights));
	if (rc)
		return rc;
	return mem_protect(start, len, mem_rights(rights));
}

int uk_vm_seal(void *va)
{
	uint32_t i = mem_range_holding((uintptr_t)va), end;

	if (i == mem_ranges.n)
		return -ENOENT;
	if (mem_range_at(i)->flags & MEM_CORE)
		return -EPERM;
	end = mem_area_end(i);
	for (i = mem_area_start(i); i < end; i++)
		mem_range_at(i)->flags |= MEM_SEALED;
	return 0;
}
