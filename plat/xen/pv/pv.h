/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A PV guest: it runs in ring 3 of the CPU, in page tables that it may read
 * but not write. A frame that is a table cannot be mapped writable by anybody
 * in the domain, and one that is mapped writable cannot become a table: the
 * hypervisor checks each entry. What core calls a physical address is the
 * domain's own count of its frames ("pseudo-physical"); entries hold machine
 * frames, and two lists lead from one to the other.
 *
 *   entry.S     _start -> pv_relocate -> pv_start
 *   info.c      the start-info into boot information (pure)
 *   start.c     the order; what needs the CPU
 *   relocate.c  the image to a random place (mitigation aslr)
 *   paging.c    ukplat_map_*, ukplat_info
 *   vector.S, trap.c  traps and the upcall
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/image.h>
#include <uk/plat.h>

#include "../hypercall.h"
#include "../xen.h"

/* Where the image's first byte is linked to be and the domain's first frame is
 * mapped when it starts: frame n at PV_BASE + n pages, as far as the loader's
 * tables go. */
#define pv_boot_va(frame) (PV_BASE + ((uint64_t)(frame) << UK_PAGE_SHIFT))
#define pv_boot_frame(va) (((uint64_t)(va) - PV_BASE) >> UK_PAGE_SHIFT)

/* ---- info.c ---- */

/* Frames [first, end). */
struct pv_extent {
	uint64_t first, end;
};

/* What the loader put there, beside the image: no RAM for core. */
enum pv_part {
	PV_INFO, PV_LIST, PV_STORE, PV_CONSOLE, PV_TABLES, PV_MOVED, PV_PARTS
};
struct pv_layout {
	uint64_t nr_pages;
	struct pv_extent part[PV_PARTS];	/* empty: not there */
};

/* Fill in what the start-info (at virtual address si_va) says of all parts
 * but PV_MOVED. false: it contradicts itself; *why says how. */
bool pv_layout(const struct xen_start_info *si, uint64_t si_va,
	       uint64_t (*frame_of)(uint64_t machine_frame),
	       struct pv_layout *out, const char **why);
/* Where nothing of the loader's is any more. */
uint64_t pv_layout_end(const struct pv_layout *l);
/* The regions. false: too many. */
bool pv_regions(const struct pv_layout *l, struct uk_bootinfo *bi);

/* ---- start.c ---- */

UK_NORETURN void pv_start(const struct xen_start_info *si);
/* The console, from the loader's tables on; pv_list is known. */
void pv_console_init(const struct xen_start_info *si);
/* The command line, and the seed out of it: as seed_take(). */
int pv_take_cmdline(const struct xen_start_info *si, struct uk_bootinfo *bi,
		    const char **why, uint64_t *value);
extern struct pv_layout pv_parts;
extern struct uk_bootinfo pv_info;

/* A machine frame as the domain counts it; UINT64_MAX: not one of its own. */
uint64_t pv_frame_of(uint64_t machine_frame);
/* And back, for one below nr_pages: frame and address. */
extern const uint64_t *pv_list;
static inline uint64_t pv_machine(uint64_t pa)
{
	return pv_list[pa >> UK_PAGE_SHIFT] << UK_PAGE_SHIFT;
}

/* ---- paging.c ---- */

/* Before core begins with ukplat_map_begin(). */
void pv_paging_init(const struct xen_start_info *si);
/* A frame of the hypervisor's, writable, in the window behind those of the
 * domain; NULL: no memory. And one of the domain's that was shown at the
 * start. */
#define PV_SHARED_SLOT 0u
#define PV_GRANTS_SLOT 1u
#define PV_SLOTS 2u
void *pv_window_show(unsigned int slot, uint64_t machine);
void *pv_in_window(uint64_t frame);

/* ---- relocate.c ---- */

#ifdef CONFIG_HARDEN_ASLR
/* As pvh_relocate() of plat/common. */
uintptr_t pv_relocate(const struct xen_start_info *si);
extern uintptr_t pv_window;
#define pv_slide uk_image_slide
#else
#define pv_window XEN_PV_HOLE_END
#define pv_slide ((uintptr_t)0)
#endif

/* ---- trap.c, irq.c ---- */

void pv_trap_init(void);
