/* SPDX-License-Identifier: BSD-3-Clause */
/* Mapping and unmapping. */
#include <uk/alloc.h>
#include <uk/plat.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include <uk/vm.h>
#include "piece.h"
#include "rights.h"

#define MAP_SHARED	0x01	/* and MAP_SHARED_VALIDATE */
#define MAP_FIXED	0x10
#define MAP_ANONYMOUS	0x20
#define MAP_NOREPLACE	0x100000
#define MREMAP_MAYMOVE	1

/* A length in whole pages; 0: not one that could be. */
static size_t whole(size_t len)
{
	return len > PTRDIFF_MAX ? 0 : UK_ALIGN_UP(len, UK_PAGE_SIZE);
}

static bool is_span(uintptr_t start, size_t len)
{
	return UK_IS_ALIGNED(start, UK_PAGE_SIZE) && len && start + len > start;
}

long map_new(size_t len, unsigned int rights)
{
	struct area *area = uk_malloc(NULL, sizeof(*area));
	uintptr_t va;

	if (!area)
		return -ENOMEM;
	area->pieces = 0;
	area->base = uk_vm_alloc("mmap", len, rights ? rights : UK_MEM_R,
				 UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE);
	va = (uintptr_t)area->base;
	if (va && (rights || !uk_vm_protect(area->base, len, 0)) &&
	    piece_insert(piece_find(va), (struct piece){ va, va + len, area }))
		return (long)va;
	if (va)
		uk_vm_free(area->base);
	uk_free(NULL, area);
	return -ENOMEM;
}

/* [start, end) lies in piece i and goes. What is left of the piece stays. */
static int cut(size_t i, uintptr_t start, uintptr_t end)
{
	struct piece p = pieces[i];
	struct piece tail = { end, p.end, p.area };

	if (start == p.start && end == p.end && p.area->pieces == 1) {
		int rc = uk_vm_free(p.area->base);

		if (rc)
			return rc;
		piece_remove(i);
		uk_free(NULL, p.area);
		return 0;
	}
	/* First what can fail. */
	if (start > p.start && end < p.end && !piece_insert(i + 1, tail))
		return -ENOMEM;
	if (uk_vm_protect((void *)start, end - start, 0)) {
		if (start > p.start && end < p.end)
			piece_remove(i + 1);
		return -ENOMEM;
	}
	if (start > p.start)
		pieces[i].end = start;
	else if (end < p.end)
		pieces[i].start = end;
	else
		piece_remove(i);
	return 0;
}

int map_drop(uintptr_t start, uintptr_t end)
{
	size_t i = piece_find(start);
	int rc;

	while (i < n_pieces && pieces[i].start < end) {
		uintptr_t from = UK_MAX(start, pieces[i].start);
		uintptr_t to = UK_MIN(end, pieces[i].end);

		rc = cut(i, from, to);
		if (rc)
			return rc;
		/* A head that stays is behind us; else i is what comes next. */
		if (i < n_pieces && pieces[i].end <= from)
			i++;
	}
	return 0;
}

/* Where something is mapped: as new. */
static long map_again(uintptr_t va, size_t len, unsigned int rights)
{
	if (!is_span(va, len) || !piece_covers(va, va + len) ||
	    uk_vm_protect((void *)va, len, UK_MEM_R | UK_MEM_W))
		return -ENOMEM;
	memset((void *)va, 0, len);
	return uk_vm_protect((void *)va, len, rights) ? -EACCES : (long)va;
}

UK_SYSCALL_R_DEFINE(void *, mmap, void *, addr, size_t, len, int, prot,
		    int, flags, int, fd, long, offset)
{
	unsigned int rights;
	long rc = mmap_rights(prot, &rights);

	len = whole(len);
	if (!len)
		rc = -EINVAL;
	else if (!rc && !(flags & MAP_ANONYMOUS))
		rc = flags & (MAP_FIXED | MAP_NOREPLACE) ? -ENODEV :
			map_file(len, rights, flags & MAP_SHARED, fd, offset);
	else if (!rc && flags & MAP_NOREPLACE)
		rc = -EEXIST;	/* places are not for the program to choose */
	else if (!rc && flags & MAP_FIXED)
		rc = map_again((uintptr_t)addr, len, rights);
	else if (!rc)
		rc = map_new(len, rights);
	return (void *)rc;
}

UK_SYSCALL_R_DEFINE(int, munmap, void *, addr, size_t, len)
{
	uintptr_t start = (uintptr_t)addr;

	len = whole(len);
	return is_span(start, len) ? map_drop(start, start + len) : -EINVAL;
}

/* To a new place: the rights are those of its first page. */
static long move(uintptr_t from, size_t old, size_t len)
{
	struct uk_vm_range r;
	long to;

	if (uk_vm_find(from, &r) || !(r.rights & UK_MEM_R))
		return -EFAULT;
	to = map_new(len, UK_MEM_R | UK_MEM_W);
	if (to < 0)
		return to;
	memcpy((void *)to, (const void *)from, old);
	if (uk_vm_protect((void *)to, len, r.rights & (UK_MEM_R | UK_MEM_W |
						       UK_MEM_X)) ||
	    map_drop(from, from + old)) {
		map_drop((uintptr_t)to, (uintptr_t)to + len);
		return -ENOMEM;
	}
	return to;
}

UK_SYSCALL_R_DEFINE(void *, mremap, void *, addr, size_t, old, size_t, len,
		    int, flags, void *, to)
{
	uintptr_t start = (uintptr_t)addr;
	size_t i = piece_find(start);
	long rc;

	(void)to;
	old = whole(old);
	len = whole(len);
	if (!is_span(start, old) || !len || flags & ~MREMAP_MAYMOVE)
		rc = -EINVAL;
	else if (i == n_pieces || pieces[i].start > start ||
		 pieces[i].end < start + old)
		rc = -EFAULT;
	else if (len <= old)
		rc = len < old ? map_drop(start + len, start + old) : 0;
	else if (flags & MREMAP_MAYMOVE)
		return (void *)move(start, old, len);
	else
		rc = -ENOMEM;
	return rc ? (void *)rc : addr;
}
