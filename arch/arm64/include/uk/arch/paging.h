/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPU's page tables: four levels, 4 KiB and 2 MiB pages. This file knows
 * the format only. Where tables lie, how they are reached and who empties the
 * TLB is the caller's business, but where a page is split the CPU wants it to
 * be emptied in between. All pages are of exception level 1.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UKARCH_PAGE_SIZE	(1ul << 12)
#define UKARCH_PAGE_LARGE	(1ul << 21)
#define UKARCH_PT_ENTRIES	512

/* Rights; reading comes with every mapping. */
#define UKARCH_PROT_W		(1u << 0)
#define UKARCH_PROT_X		(1u << 1)
#define UKARCH_PROT_DEVICE	(1u << 2) /* uncached */

/* Entries as the CPU reads them (DDI 0487, D8.3). */
#define UKARCH_PTE_P		(1ul << 0)
#define UKARCH_PTE_PAGE		(1ul << 1) /* a table, or a page of 4 KiB */
#define UKARCH_PTE_KIND(i)	((uint64_t)(i) << 2) /* UKARCH_MAIR_* */
#define UKARCH_PTE_USER		(1ul << 6) /* level 0 may; never set by us */
#define UKARCH_PTE_RO		(1ul << 7)
#define UKARCH_PTE_INNER	(3ul << 8) /* shared by all CPUs */
#define UKARCH_PTE_A		(1ul << 10)
#define UKARCH_PTE_GP		(1ul << 50) /* guarded: landings only */
#define UKARCH_PTE_PXN		(1ul << 53) /* level 1 does not execute */
#define UKARCH_PTE_UXN		(1ul << 54) /* level 0 does not: always set */
#define UKARCH_PTE_ADDR		0x0000fffffffff000ul

struct ukarch_pt {
	uint64_t root;		/* physical address of the top table */
	bool nx;		/* pages may forbid execution */
	bool guarded;		/* text has landings (mitigation bti) */
	/* Take a frame for a table (any content), 0 = none left; give it back.
	 * take may itself map into these tables, outside the range that is
	 * being worked on. */
	uint64_t (*take)(void);
	void (*give)(uint64_t pa);
	/* The table at physical address pa is written at `window` + pa. */
	uintptr_t window;
};

/* Fill a table with zeroes. */
void ukarch_pt_clear(uint64_t *table);

/* The entry of a 4 KiB page (without UKARCH_PTE_PAGE: of a 2 MiB one), and
 * back. */
uint64_t ukarch_pt_encode(const struct ukarch_pt *pt, uint64_t pa,
			  unsigned int prot);
unsigned int ukarch_pt_decode(const struct ukarch_pt *pt, uint64_t entry);

/*
 * va, pa and len are multiples of UKARCH_PAGE_SIZE, the range does not wrap
 * and ends below 2^48. 0, or -1 when a
 * table frame was needed and there was none: then nothing has changed (large
 * pages may have been split).
 *
 * map: nothing is mapped in the range. large: use 2 MiB pages where va and pa
 * allow. protect: all of it is mapped; keeps UKARCH_PROT_DEVICE as it was.
 * unmap: holes are fine; tables that became empty are given back, so the
 * caller must empty the TLB before such a frame is used for anything but a
 * table.
 */
int ukarch_pt_map(const struct ukarch_pt *pt, uintptr_t va, uint64_t pa,
		  size_t len, unsigned int prot, bool large);
int ukarch_pt_unmap(const struct ukarch_pt *pt, uintptr_t va, size_t len);
int ukarch_pt_protect(const struct ukarch_pt *pt, uintptr_t va, size_t len,
		      unsigned int prot);

/*
 * What is at va (page-aligned)? true: mapped to *pa with *prot, and so are
 * *len bytes from va on, to consecutive frames (a table's end cuts the run).
 * false: nothing is mapped in *len bytes from va on, but right behind them, or
 * they end at 2^48, or where all addresses do. *len is never 0.
 */
bool ukarch_pt_query(const struct ukarch_pt *pt, uintptr_t va, uint64_t *pa,
		     unsigned int *prot, size_t *len);
