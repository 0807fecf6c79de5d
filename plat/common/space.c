/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The final address space. There is no direct map of memory; page tables are
 * reached through a window of their own, in which the frame at physical
 * address pa is at plat_window + pa, and in which nothing is mapped but page
 * tables, and what the machine has to reach. Frames of tables come from core in
 * small runs and stay here.
 *
 * To map a new run into the window may itself take up to three tables. So
 * that many frames are always kept back for it.
 */
#include "space.h"
#include "watch.h"

#include <uk/arch/system.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/frame.h>
#include <uk/image.h>
#include <uk/plat.h>

#define FIRST		16u	/* frames at first: enough for a small image */
#define RUN		8u	/* frames taken from core at once later */
#define RESERVE		3u
#define FLUSH_MAX	32ul	/* pages: beyond, the whole TLB is emptied */

#ifdef CONFIG_HARDEN_WX
#define RIGHTS_HELD UKPLAT_F_PAGE_RIGHTS
#else
#define RIGHTS_HELD 0
#endif

const struct ukplat_info ukplat_info = {
	.name = plat_name,
	.features = RIGHTS_HELD | UKPLAT_F_PRIVILEGED | UKPLAT_F_NULL_FAULTS |
		    UKPLAT_F_QUERY | UKPLAT_F_TRAP_STACK,
	.va_start = PLAT_VA_START,
	.va_end = PLAT_VA_END,
};

static uint64_t take(void);
static void give(uint64_t pa);

struct ukarch_pt space_tables UK_RO_AFTER_INIT = {
	.nx = RIGHTS_HELD != 0,
	.take = take,
	.give = give,
};

/* Frames that are no table now: a list through their first words. */
static struct {
	uint64_t first;
	unsigned int n;
	bool growing;
} spare;

static void give(uint64_t pa)
{
	*space_at(pa) = spare.first;
	spare.first = pa;
	spare.n++;
}

/* Take n frames from core and map them into the window. */
static bool grow(size_t n)
{
	uint64_t pa;
	size_t i;

	if (uk_frame_alloc(n, n * UK_PAGE_SIZE, &pa))
		return false;
	if (pa >= PLAT_WINDOW_LEN - n * UK_PAGE_SIZE ||
	    ukarch_pt_map(&space_tables, plat_window + pa, pa, n * UK_PAGE_SIZE,
			  UKARCH_PROT_W, false)) {
		uk_frame_free(pa, n);
		return false;
	}
	ukarch_tables_written();
	for (i = 0; i < n; i++)
		give(pa + i * UK_PAGE_SIZE);
	return true;
}

static uint64_t take(void)
{
	uint64_t pa;

	if (spare.n <= RESERVE && !spare.growing) {
		spare.growing = true;
		if (!grow(RUN))
			grow(1);
		spare.growing = false;
		if (spare.n <= RESERVE)
			return 0;
	}
	if (!spare.n)
		return 0;
	pa = spare.first;
	spare.first = *space_at(pa);
	spare.n--;
	return pa;
}

/* The first run: top table, then the window's own tables. */
static uint64_t first_run;
static unsigned int first_used;

static uint64_t first_take(void)
{
	return first_run + UK_PAGE_SIZE * ++first_used;
}

/* Aligned to its length, so that it does not straddle large pages, and not
 * where the boot tables lie. */
static int first_alloc(void)
{
	uint64_t boot, end, pa;
	int rc = uk_frame_alloc(FIRST, FIRST * UK_PAGE_SIZE, &pa);

	first_run = pa;
	space_boot_tables(&boot, &end);
	if (rc || pa >= end || pa + FIRST * UK_PAGE_SIZE <= boot)
		return rc;
	rc = uk_frame_alloc(FIRST, FIRST * UK_PAGE_SIZE, &first_run);
	uk_frame_free(pa, FIRST);
	return rc;
}

int ukplat_map_begin(void)
{
	struct ukarch_pt first = { .nx = space_tables.nx, .take = first_take };
	unsigned int slot;
	uint64_t *top;

	if (first_alloc() || first_run >= PLAT_WINDOW_LEN)
		return -ENOMEM;
	top = space_look(first_run);
	first.root = space_tables.root = first_run;
	space_tables.window = plat_window;
	first.window = (uintptr_t)top - first_run;
	ukarch_pt_clear(top);
	ukarch_pt_map(&first, plat_window + first_run, first_run,
		      FIRST * UK_PAGE_SIZE, UKARCH_PROT_W, false);
	slot = (plat_window + first_run) >> 39 & (UKARCH_PT_ENTRIES - 1);
	space_join(slot, top[slot]);
	while (++first_used < FIRST)
		give(first_run + first_used * UK_PAGE_SIZE);
	return 0;
}

void space_clear(uint64_t pa, size_t n)
{
	const size_t len = n * UK_PAGE_SIZE;
	uint64_t *at = space_at(pa);
	size_t i;

	if (ukarch_pt_map(&space_tables, (uintptr_t)at, pa, len, UKARCH_PROT_W,
			  false))
		return;
	ukarch_tables_written();
	for (i = 0; i < n; i++)
		ukarch_pt_clear(at + i * UKARCH_PT_ENTRIES);
	ukplat_unmap((uintptr_t)at, len);
}

/* One copy: on x86_64 it writes CR3 (mitigation bytes). */
static UK_NOINLINE void flush_all(void)
{
	ukarch_tlb_all();
}

static void flush(uintptr_t va, size_t len)
{
	size_t i;

	if (len > FLUSH_MAX * UK_PAGE_SIZE)
		flush_all();
	else
		for (i = 0; i < len; i += UK_PAGE_SIZE)
			ukarch_tlb_page(va + i);
}

static unsigned int prot_of(unsigned int rights)
{
	return (rights & UK_MEM_W ? UKARCH_PROT_W : 0) |
	       (rights & UK_MEM_X ? UKARCH_PROT_X : 0) |
	       (rights & UK_MEM_DEVICE ? UKARCH_PROT_DEVICE : 0);
}

/* Large pages for core's own range only: the image keeps its rights page by
 * page. */
int ukplat_map(uintptr_t va, uint64_t pa, size_t len, unsigned int rights)
{
	bool own = va >= PLAT_VA_START && (va < (uintptr_t)uk_image_start ||
					   va >= (uintptr_t)uk_image_end);
	int rc;

	plat_watch();
	rc = ukarch_pt_map(&space_tables, va, pa, len, prot_of(rights), own);
	ukarch_tables_written();
	return rc ? -ENOMEM : 0;
}

int ukplat_unmap(uintptr_t va, size_t len)
{
	int rc = ukarch_pt_unmap(&space_tables, va, len);

	flush(va, len);
	return rc ? -ENOMEM : 0;
}

int ukplat_protect(uintptr_t va, size_t len, unsigned int rights)
{
	int rc;

	plat_watch();
	rc = ukarch_pt_protect(&space_tables, va, len, prot_of(rights));
	flush(va, len);
	return rc ? -ENOMEM : 0;
}

int ukplat_map_query(uintptr_t va, uint64_t *pa, unsigned int *rights,
		     size_t *len)
{
	unsigned int prot;

	if (!ukarch_pt_query(&space_tables, va, pa, &prot, len))
		return -ENOENT;
	*rights = UK_MEM_R | (prot & UKARCH_PROT_W ? UK_MEM_W : 0) |
		  (prot & UKARCH_PROT_X ? UK_MEM_X : 0) |
		  (prot & UKARCH_PROT_DEVICE ? UK_MEM_DEVICE : 0);
	return 0;
}
