/* SPDX-License-Identifier: BSD-3-Clause */
/* What the final address space (space.c) has to know of the boot tables. */
#include "machine.h"
#include "space.h"

#include <uk/image.h>

/* The last entry of the boot tables' 2 MiB pages looks at the first run,
 * wherever it lies, until the window works. */
#define PEEPHOLE	(UKARCH_PT_ENTRIES - 1)

static void peep(uint64_t entry)
{
	pvh_loaded(pvh_boot_pd)[PEEPHOLE] = entry;
	ukarch_tlb_page(PEEPHOLE * UKARCH_PAGE_LARGE);
}

void space_boot_tables(uint64_t *start, uint64_t *end)
{
	*start = (uintptr_t)pvh_loaded(pvh_boot_pd);
	*end = (uintptr_t)pvh_loaded(pvh_boot_alias + PVH_BOOT_ALIAS);
}

uint64_t *space_look(uint64_t pa)
{
	peep((pa & -UKARCH_PAGE_LARGE) | UKARCH_PTE_P | UKARCH_PTE_W |
	     UKARCH_PTE_LARGE);
	return (uint64_t *)(PEEPHOLE * UKARCH_PAGE_LARGE +
			    (pa & (UKARCH_PAGE_LARGE - 1)));
}

void space_join(unsigned int slot, uint64_t entry)
{
	pvh_loaded(pvh_boot_pml4)[slot] = entry;
	peep(0);
}

static bool final;

bool pvh_paging_final(void)
{
	return final;
}

/* Besides flush_all() in space.c all that writes CR3 (mitigation bytes). */
UK_NOINLINE void pvh_map_commit(void)
{
	ukarch_cr3_set(space_tables.root);
	final = true;
#ifdef CONFIG_HARDEN_ASLR
	/* They say where the image is, and their frames are core's now. */
	space_clear((uintptr_t)pvh_loaded(pvh_boot_pml4), 1 + PVH_BOOT_ALIAS);
#endif
}

void *pvh_window_map(uint64_t pa)
{
	uint64_t *at = space_at(pa);

	return pa < PLAT_WINDOW_LEN &&
	       !ukarch_pt_map(&space_tables, (uintptr_t)at, pa, UK_PAGE_SIZE,
			      UKARCH_PROT_W, false) ? at : NULL;
}
