/* SPDX-License-Identifier: BSD-3-Clause */
/* Entries of page tables; what walks them is ../common/walk.c. */
#include <uk/arch/paging.h>
#include "pte.h"

/* Set from the start: the CPU need not write them, entries stay as made. */
#define LEAF (UKARCH_PTE_P | UKARCH_PTE_A | UKARCH_PTE_D)

uint64_t ukarch_pt_encode(const struct ukarch_pt *pt, uint64_t pa,
			  unsigned int prot)
{
	uint64_t device = prot & UKARCH_PROT_DEVICE ?
			  UKARCH_PTE_PCD | UKARCH_PTE_PWT : 0;

	return pa | LEAF | device | pte_rights(pt, prot);
}

unsigned int ukarch_pt_decode(const struct ukarch_pt *pt, uint64_t entry)
{
	return (entry & UKARCH_PTE_W ? UKARCH_PROT_W : 0) |
	       (pt->nx && entry & UKARCH_PTE_NX ? 0 : UKARCH_PROT_X) |
	       (entry & UKARCH_PTE_PCD ? UKARCH_PROT_DEVICE : 0);
}
