/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The final address space of a machine that hands its page tables to the image:
 * ukplat_map_* and ukplat_info but for ukplat_map_commit, which is the
 * machine's. Private to plat/.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/arch/paging.h>
#include <uk/config.h>
#include "layout.h"

/* Where the window on page tables begins. */
#ifdef CONFIG_HARDEN_ASLR
extern uintptr_t plat_window;	/* relocate.c of the machine */
#else
#define plat_window PLAT_WINDOW_LOWEST
#endif

/* ---- what the machine provides ----------------------------------------- */

extern const char plat_name[];	/* for ukplat_info */

/* On the boot tables, all three. */

/* The frames that the boot tables lie in, which are not taken yet. */
void space_boot_tables(uint64_t *start, uint64_t *end);
/* Look at the 2 MiB that hold pa: returns where pa is, until space_join(). */
uint64_t *space_look(uint64_t pa);
/* Set an entry of the boot tables' top: the window works on them as well. */
void space_join(unsigned int slot, uint64_t entry);

/* ---- space.c ----------------------------------------------------------- */

extern struct ukarch_pt space_tables;

/* Where the frame at pa is in the window. */
static inline uint64_t *space_at(uint64_t pa)
{
	return (uint64_t *)(plat_window + pa);
}

/* Fill n frames at pa, in which tables were, with zeroes; not at all where
 * there is no memory to map them. */
void space_clear(uint64_t pa, size_t n);
