/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The records behind <uk/vm.h>: one piece of address space each, sorted, whose
 * frames lie in a row. Pieces that belong together (one uk_vm_alloc) form an
 * area: the first has MEM_HEAD, the others adjoin it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "table.h"

#define MEM_HEAD	(1u << 0) /* first piece of an area */
#define MEM_SEALED	(1u << 1) /* rights only shrink */
#define MEM_OURS	(1u << 2) /* frames go back to the allocator */
#define MEM_FIXED	(1u << 3) /* never freed: image */
#define MEM_CORE	(1u << 4) /* core/mem's own: hands off altogether */
#define MEM_HOLE	(1u << 5) /* reserved: nothing there, pa == va */

struct mem_range {
	uintptr_t va;
	size_t len;		/* bytes; 0 only for a window that is empty */
	uint64_t pa;
	const char *name;
	uint32_t below, above;	/* pages kept free around it */
	uint16_t rights;	/* 0: a record without mapping */
	uint16_t flags;
};

extern struct mem_table mem_ranges;

static inline struct mem_range *mem_range_at(uint32_t i)
{
	return (struct mem_range *)mem_ranges.rows + i;
}

/* Index of the first record that ends behind va; mem_ranges.n if none. */
uint32_t mem_range_find(uintptr_t va);
/* The same, but only if it holds va; mem_ranges.n if nothing is there. */
uint32_t mem_range_holding(uintptr_t va);

/* Add a record where nothing is; room was made. */
void mem_range_add(const struct mem_range *r);
/* Cut the record that holds va in two there (no effect at its start). */
void mem_range_split(uintptr_t va);
/* Join records of one area, from the one before `first` on to the one behind
 * `last`, where rights and frames allow. */
void mem_range_join(uintptr_t first, uintptr_t last);

/* First record of the area that record i belongs to; first one behind it. */
uint32_t mem_area_start(uint32_t i);
uint32_t mem_area_end(uint32_t i);

/* Map the frames of *r, a record to be; if they are to be zeroed, before its
 * rights may forbid that. 0, or nothing is mapped. */
int mem_fill(const struct mem_range *r, bool zero);

/* The record of a table's window. */
struct mem_range *mem_range_of_window(uintptr_t window);

/* Page tables of the CPUs that we know have a larger page of this size. */
#define MEM_LARGE_PAGE (2ul << 20)

/*
 * Where a new area may lie: len bytes with `below` and `above` unmapped pages
 * around it, at an address that is like pa modulo a large page if it is large.
 * 0: no such gap. All placement is decided here; with the mitigation aslr it is
 * random, else it begins at the lower end.
 */
uintptr_t mem_place(size_t len, uint32_t below, uint32_t above, uint64_t pa);
/* Largest len that mem_place can place with a guard on each side. */
size_t mem_place_largest(void);
