/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The final address space. There is no direct map of memory; page tables are
 * reached through a window of their own, in which the frame at physical
 * address pa is at pvh_window + pa, and in which nothing but page tables is
 * mapped. Their frames come from core in small runs and stay here.
 *
 * To map a new run into the window may itself take up to three tables. So
 * that many frames are always kept back for it.
 */
#include "machine.h"
#include "layout.h"

#include <uk/arch/paging.h>
#include <uk/config.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/image.h>

/*
 * Core's range begins far enough from 0 that no null pointer with an index
 * reaches it; without that promise it shares the image's tables.
 */
#ifdef CONFIG_HARDEN_NULL
#define VA_START	0x100000000000ul
#else
#define VA_START	0x20000000ul
#endif
#define VA_END		0x7ffffffff000ul

#define FIRST		16u	/* frames at first: enough for a small image */
#define RUN		8u	/* frames taken from core at once later */
#define RESERVE		3u
#define FLUSH_MAX	32ul	/* pages: beyond, the whole TLB is emptied */

/* The last entry of the boot tables' 2 MiB pages looks at the first run,
 * wherever it lies, until the window works. */
#define PEEPHOLE	(UKARCH_PT_ENTRIES - 1)

#ifdef CONFIG_HARDEN_WX
#define RIGHTS_HELD UKPLAT_F_PAGE_RIGHTS
#else
#define RIGHTS_HELD 0
#endif

const struct ukplat_info ukplat_info = {
	.name = pvh_name,
	.features = RIGHTS_HELD | UKPLAT_F_PRIVILEGED | UKPLAT_F_NULL_FAULTS |
		    UKPLAT_F_QUERY | UKPLAT_F_TRAP_STACK,
	.va_start = VA_START,
	.va_end = VA_END,
};

static uint64_t take(void);
static void give(uint64_t pa);

static struct ukarch_pt tables UK_RO_AFTER_INIT = {
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

static uint64_t *in_window(uint64_t pa)
{
	return (uint64_t *)(pvh_window + pa);
}

static void give(uint64_t pa)
{
	*in_window(pa) = spare.first;
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
	    ukarch_pt_map(&tables, pvh_window + pa, pa, n * UK_PAGE_SIZE,
			  UKARCH_PROT_W, false)) {
		uk_frame_free(pa, n);
		return false;
	}
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
	spare.first = *in_window(pa);
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

static uint64_t *in_peephole(uint64_t pa)
{
	return (uint64_t *)(PEEPHOLE * UKARCH_PAGE_LARGE +
			    (pa & (UKARCH_PAGE_LARGE - 1)));
}

/* Aligned to its length, so that it does not straddle large pages, and not
 * where the boot tables lie. */
static int first_alloc(void)
{
	uint64_t boot = (uintptr_t)pvh_loaded(pvh_boot_pd);
	uint64_t end = (uintptr_t)pvh_loaded(pvh_boot_alias + PVH_BOOT_ALIAS);
	uint64_t pa;
	int rc = uk_frame_alloc(FIRST, FIRST * UK_PAGE_SIZE, &pa);

	first_run = pa;
	if (rc || pa >= end || pa + FIRST * UK_PAGE_SIZE <= boot)
		return rc;
	rc = uk_frame_alloc(FIRST, FIRST * UK_PAGE_SIZE, &first_run);
	uk_frame_free(pa, FIRST);
	return rc;
}

int ukplat_map_begin(void)
{
	struct ukarch_pt first = { .nx = tables.nx, .take = first_take };
	uint64_t *boot_pd = pvh_loaded(pvh_boot_pd);
	unsigned int slot;

	if (first_alloc() || first_run >= PLAT_WINDOW_LEN)
		return -ENOMEM;
	boot_pd[PEEPHOLE] = (first_run & -UKARCH_PAGE_LARGE) |
		UKARCH_PTE_P | UKARCH_PTE_W | UKARCH_PTE_LARGE;
	ukarch_invlpg(PEEPHOLE * UKARCH_PAGE_LARGE);
	first.root = tables.root = first_run;
	tables.window = pvh_window;
	first.window = (uintptr_t)in_peephole(first_run) - first_run;
	ukarch_pt_clear(in_peephole(first_run));
	ukarch_pt_map(&first, pvh_window + first_run, first_run,
		      FIRST * UK_PAGE_SIZE, UKARCH_PROT_W, false);
	slot = (pvh_window + first_run) >> 39 & (UKARCH_PT_ENTRIES - 1);
	pvh_loaded(pvh_boot_pml4)[slot] = in_peephole(first_run)[slot];
	boot_pd[PEEPHOLE] = 0;
	ukarch_invlpg(PEEPHOLE * UKARCH_PAGE_LARGE);
	while (++first_used < FIRST)
		give(first_run + first_used * UK_PAGE_SIZE);
	return 0;
}

static bool final;

bool pvh_paging_final(void)
{
	return final;
}

/* They say where the image is, and their frames are core's now. */
static void clear_boot_tables(void)
{
#ifdef CONFIG_HARDEN_ASLR
	uint64_t pa = (uintptr_t)pvh_loaded(pvh_boot_pml4);
	const size_t n = 1 + PVH_BOOT_ALIAS, len = n * UK_PAGE_SIZE;
	uint64_t *at = in_window(pa);
	size_t i;

	if (ukarch_pt_map(&tables, (uintptr_t)at, pa, len, UKARCH_PROT_W,
			  false))
		return;
	for (i = 0; i < n; i++)
		ukarch_pt_clear(at + i * UKARCH_PT_ENTRIES);
	ukplat_unmap((uintptr_t)at, len);
#endif
}

UK_NOINLINE void pvh_map_commit(void)
{
	ukarch_cr3_set(tables.root);
	final = true;
	clear_boot_tables();
}

void *pvh_window_map(uint64_t pa)
{
	uint64_t *at = in_window(pa);

	return pa < PLAT_WINDOW_LEN &&
	       !ukarch_pt_map(&tables, (uintptr_t)at, pa, UK_PAGE_SIZE,
			      UKARCH_PROT_W, false) ? at : NULL;
}

/* This and the one above are all that write CR3 (mitigation bytes). */
static UK_NOINLINE void flush_all(void)
{
	ukarch_cr3_set(ukarch_cr3_get());
}

static void flush(uintptr_t va, size_t len)
{
	size_t i;

	if (len > FLUSH_MAX * UK_PAGE_SIZE)
		flush_all();
	else
		for (i = 0; i < len; i += UK_PAGE_SIZE)
			ukarch_invlpg(va + i);
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
	bool own = va >= VA_START && (va < (uintptr_t)uk_image_start ||
				      va >= (uintptr_t)uk_image_end);

	pvh_watch();
	return ukarch_pt_map(&tables, va, pa, len, prot_of(rights), own) ?
	       -ENOMEM : 0;
}

int ukplat_unmap(uintptr_t va, size_t len)
{
	int rc = ukarch_pt_unmap(&tables, va, len);

	flush(va, len);
	return rc ? -ENOMEM : 0;
}

int ukplat_protect(uintptr_t va, size_t len, unsigned int rights)
{
	int rc;

	pvh_watch();
	rc = ukarch_pt_protect(&tables, va, len, prot_of(rights));
	flush(va, len);
	return rc ? -ENOMEM : 0;
}

int ukplat_map_query(uintptr_t va, uint64_t *pa, unsigned int *rights,
		     size_t *len)
{
	unsigned int prot;

	if (!ukarch_pt_query(&tables, va, pa, &prot, len))
		return -ENOENT;
	*rights = UK_MEM_R | (prot & UKARCH_PROT_W ? UK_MEM_W : 0) |
		  (prot & UKARCH_PROT_X ? UK_MEM_X : 0) |
		  (prot & UKARCH_PROT_DEVICE ? UK_MEM_DEVICE : 0);
	return 0;
}
