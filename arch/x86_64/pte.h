/* SPDX-License-Identifier: BSD-3-Clause */
/* What ../common/walk.c has to know of an entry. Intel SDM 3A, 4.5. */
#pragma once

#include <uk/arch/paging.h>

#define PTE_TABLE (UKARCH_PTE_P | UKARCH_PTE_W | UKARCH_PTE_A)
#define PTE_RIGHTS (UKARCH_PTE_W | UKARCH_PTE_NX)
/* What the CPU writes by itself. */
#define PTE_IGNORE (UKARCH_PTE_A | UKARCH_PTE_D)
#define PTE_REACH (1ul << 47)	/* half of the top's entries, twice */

static inline bool pte_is_large(uint64_t entry)
{
	return entry & UKARCH_PTE_LARGE;
}

static inline uint64_t pte_large(uint64_t leaf)
{
	return leaf | UKARCH_PTE_LARGE;
}

static inline uint64_t pte_small(uint64_t leaf)
{
	return leaf & ~UKARCH_PTE_LARGE;
}

static inline uint64_t pte_rights(const struct ukarch_pt *pt, unsigned int prot)
{
	return (prot & UKARCH_PROT_W ? UKARCH_PTE_W : 0) |
	       (pt->nx && !(prot & UKARCH_PROT_X) ? UKARCH_PTE_NX : 0);
}

/* A table in the place of a large page, which maps the same. */
static inline void pte_break(uint64_t *entry, uintptr_t va, uint64_t table)
{
	(void)va;
	*entry = table;
}

/* Bytes from va on that no table reaches: between the halves. */
static inline size_t pte_beyond(uintptr_t va)
{
	uintptr_t sign = (uintptr_t)((intptr_t)(va << 16) >> 16);

	return sign != va ? -PTE_REACH - va : 0;
}
