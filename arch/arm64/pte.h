/* SPDX-License-Identifier: BSD-3-Clause */
/* What ../common/walk.c has to know of an entry. DDI 0487, D8.3. */
#pragma once

#include <uk/arch/paging.h>
#include <uk/arch/system.h>

#define PTE_TABLE (UKARCH_PTE_P | UKARCH_PTE_PAGE)
#define PTE_RIGHTS (UKARCH_PTE_RO | UKARCH_PTE_PXN | UKARCH_PTE_GP)
#define PTE_IGNORE 0ul		/* the CPU writes nothing by itself */
#define PTE_REACH (1ul << 48)

/* Present, and a page rather than a table: on level 2 that is a large one. */
static inline bool pte_is_large(uint64_t entry)
{
	return (entry & (UKARCH_PTE_P | UKARCH_PTE_PAGE)) == UKARCH_PTE_P;
}

static inline uint64_t pte_large(uint64_t leaf)
{
	return leaf & ~UKARCH_PTE_PAGE;
}

static inline uint64_t pte_small(uint64_t leaf)
{
	return leaf | UKARCH_PTE_PAGE;
}

static inline uint64_t pte_rights(const struct ukarch_pt *pt, unsigned int prot)
{
	bool x = prot & UKARCH_PROT_X;

	return (prot & UKARCH_PROT_W ? 0 : UKARCH_PTE_RO) |
	       (pt->nx && !x ? UKARCH_PTE_PXN : 0) |
	       (pt->guarded && x ? UKARCH_PTE_GP : 0);
}

/*
 * A table in the place of a large page, which maps the same. Meanwhile nothing
 * is there: the CPU may not see both. No stack lies in a large page.
 */
static inline void pte_break(uint64_t *entry, uintptr_t va, uint64_t table)
{
	uint64_t daif = ukarch_daif_get();

	ukarch_irq_off();
	*entry = 0;
	ukarch_tlb_page(va);
	*entry = table;
	ukarch_tables_written();
	ukarch_daif_set(daif);
}

/* Bytes from va on that no table reaches. */
static inline size_t pte_beyond(uintptr_t va)
{
	return va >= PTE_REACH ? -va : 0;
}
