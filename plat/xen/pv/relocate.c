/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image to a random place, as on other machines: it runs where it was
 * loaded until its pointers are right for the other one. The tables for that
 * are in frames behind all that the loader has put into memory, of which it
 * promises half a MiB, mapped, or all that there is.
 */
#include "pv.h"

#include <uk/arch/paging.h>
#include <uk/draw.h>
#include <uk/print.h>
#include <uk/str.h>

#include "layout.h"
#include "seed.h"

#define TABLE (UKARCH_PTE_P | UKARCH_PTE_W | UKARCH_PTE_A | UKARCH_PTE_USER)
#define LEAF (UKARCH_PTE_P | UKARCH_PTE_W | UKARCH_PTE_A | UKARCH_PTE_D)
#define READ_ONLY (UKARCH_PTE_P | UKARCH_PTE_A)
#define MOST_TABLES 128u	/* as many frames as the loader has mapped */

uintptr_t pv_window UK_RO_AFTER_INIT_ZERO;

static UK_NORETURN void refuse(const struct xen_start_info *si,
			       const char *why, int status)
{
	pv_console_init(si);
	uk_print_raw("aslr: %s\n", why);
	ukplat_exit(status);
}

/* The loader's seed is looked for only if it is needed. */
static void seed(struct uk_draw *d, const struct xen_start_info *si)
{
	uint8_t own[32];
	size_t n = ukplat_entropy(own, sizeof(own));
	const char *why;
	uint64_t value;

	uk_draw_seed(d, own, n);
	uk_wipe(own, sizeof(own));
	if (n >= UK_DRAW_MIN)
		return;
	pv_take_cmdline(si, &pv_info, &why, &value);
	if (n + pv_info.seed_len < UK_DRAW_MIN)
		refuse(si, "no entropy for a random layout: this CPU has "
		       "neither RDSEED nor RDRAND, and the command line no "
		       "rng_seed=",
		       UK_EXIT_ENTROPY);
	uk_draw_seed(d, pv_info.seed, pv_info.seed_len);
}

static unsigned int index_of(uintptr_t va, unsigned int shift)
{
	return va >> shift & (UKARCH_PT_ENTRIES - 1);
}

static uint64_t machine_of(uint64_t frame)
{
	return pv_list[frame] << UK_PAGE_SHIFT;
}

static uint64_t *table(uint64_t frame)
{
	return (uint64_t *)pv_boot_va(frame);
}

/* The image at va, by tables in frames from `first` on; how many these are. */
static uint64_t fill(uintptr_t va, size_t len, uint64_t first)
{
	uint64_t frame, last = first + 1, n = len >> UK_PAGE_SHIFT;

	ukarch_pt_clear(table(first));
	ukarch_pt_clear(table(first + 1));
	table(first)[index_of(va, 30)] = machine_of(first + 1) | TABLE;
	for (frame = 0; frame < n; frame++, va += UK_PAGE_SIZE) {
		if (!frame || !index_of(va, 12)) {
			ukarch_pt_clear(table(++last));
			table(first + 1)[index_of(va, 21)] =
				machine_of(last) | TABLE;
		}
		table(last)[index_of(va, 12)] = machine_of(frame) | LEAF;
	}
	return last + 1 - first;
}

/* From now on the hypervisor alone writes them. */
static bool hand_over(uintptr_t va, const struct pv_extent *tables)
{
	struct xen_mmu_update top = {
		.at = machine_of(pv_parts.part[PV_TABLES].first) +
		      index_of(va, 39) * sizeof(uint64_t),
		.value = machine_of(tables->first) | TABLE,
	};
	uint64_t i;

	for (i = tables->first; i < tables->end; i++)
		if (xen_call4(XEN_UPDATE_VA, pv_boot_va(i),
			      machine_of(i) | READ_ONLY, XEN_UVMF_INVLPG, 0))
			return false;
	return !xen_call4(XEN_MMU_UPDATE, (uintptr_t)&top, 1, 0, XEN_SELF);
}

uintptr_t pv_relocate(const struct xen_start_info *si)
{
	size_t len = (size_t)(uk_image_end - uk_image_start);
	struct pv_extent *tables = &pv_parts.part[PV_MOVED];
	struct plat_layout at;
	struct uk_draw d;
	const char *why;

	pv_list = (const uint64_t *)si->mfn_list;
	pv_parts.nr_pages = si->nr_pages;
	if (!pv_layout(si, (uintptr_t)si, pv_frame_of, &pv_parts, &why))
		refuse(si, why, UK_EXIT_BOOT);
	uk_draw_init(&d, UK_DRAW_IMAGE);
	seed(&d, si);
	at = plat_layout_draw(&d, len);
	uk_wipe(&d, sizeof(d));
	tables->first = pv_layout_end(&pv_parts);
	tables->end = tables->first + (len >> 21) + 4;
	if (tables->end > si->nr_pages ||
	    tables->end - tables->first > MOST_TABLES)
		refuse(si, "no memory for the tables of a random place",
		       UK_EXIT_BOOT);
	tables->end = tables->first + fill(at.image, len, tables->first);
	if (!hand_over(at.image, tables))
		refuse(si, "the hypervisor refuses the tables of a random "
		       "place", UK_EXIT_BOOT);
	/* Half of what plat/common draws from is the hypervisor's. */
	pv_window = XEN_PV_HOLE_END +
		    UK_ALIGN_DOWN((at.window - PLAT_WINDOW_LOWEST) / 2,
				  UKARCH_PAGE_LARGE);
	uk_image_relocate(0, at.image - (uintptr_t)uk_image_start);
	return uk_image_slide;
}
