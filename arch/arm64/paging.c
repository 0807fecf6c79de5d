/* SPDX-License-Identifier: BSD-3-Clause */
/* Entries of page tables; what walks them is ../common/walk.c. */
#include <uk/arch/block.h>
#include <uk/arch/paging.h>
#include "pte.h"

#define LEAF (UKARCH_PTE_P | UKARCH_PTE_PAGE | UKARCH_PTE_INNER | \
	      UKARCH_PTE_A | UKARCH_PTE_UXN)

void ukarch_pt_clear(uint64_t *table)
{
	ukarch_fill_words(table, 0, UKARCH_PT_ENTRIES);
}

/* Nothing is ever fetched from a device. */
uint64_t ukarch_pt_encode(const struct ukarch_pt *pt, uint64_t pa,
			  unsigned int prot)
{
	uint64_t kind = prot & UKARCH_PROT_DEVICE ?
			UKARCH_PTE_KIND(UKARCH_MAIR_DEVICE) | UKARCH_PTE_PXN :
			UKARCH_PTE_KIND(UKARCH_MAIR_NORMAL);

	return pa | LEAF | kind | pte_rights(pt, prot);
}

unsigned int ukarch_pt_decode(const struct ukarch_pt *pt, uint64_t entry)
{
	bool device = entry & UKARCH_PTE_KIND(UKARCH_MAIR_DEVICE);

	return (entry & UKARCH_PTE_RO ? 0 : UKARCH_PROT_W) |
	       (device || (pt->nx && entry & UKARCH_PTE_PXN) ? 0 :
							UKARCH_PROT_X) |
	       (device ? UKARCH_PROT_DEVICE : 0);
}
