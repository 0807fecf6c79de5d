/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image to a random place, in four-kilobyte steps. It runs where it was
 * loaded, which is where it is linked to be: until the relocations are applied
 * every pointer in it is right, and from then on the place is the other one.
 * Nothing may have stored a pointer before.
 */
#include "machine.h"
#include "space.h"

#include <uk/arch/paging.h>
#include <uk/essentials.h>
#include <uk/image.h>
#include <uk/print.h>
#include <uk/shuffle.h>

#define TABLE (UKARCH_PTE_P | UKARCH_PTE_W | UKARCH_PTE_A)
#define LEAF (TABLE | UKARCH_PTE_D)

uintptr_t plat_window UK_RO_AFTER_INIT_ZERO;

static UK_NORETURN void refuse(void)
{
	pvh_console_init();
	uk_print_raw("aslr: no entropy for a random layout: this machine has "
		     "neither RDSEED nor RDRAND, and the loader passes no "
		     "seed. Use a CPU model that has one (QEMU: -cpu max), or "
		     "rng_seed= on the command line.\n");
	ukplat_exit(UK_EXIT_ENTROPY);
}

#ifdef CONFIG_HARDEN_SHUFFLE
/* The loader's seed would do, but is found by code that stores. */
void pvh_shuffle_key(uint32_t key[8])
{
	const size_t len = UK_CHACHA_KEY * sizeof(*key);

	if (ukplat_entropy(key, len) == len)
		return;
	pvh_console_init();
	uk_print_raw("shuffle: no entropy for a new order: this machine has "
		     "neither RDSEED nor RDRAND. Use a CPU model that has one "
		     "(QEMU: -cpu max).\n");
	ukplat_exit(UK_EXIT_ENTROPY);
}
#define uk_image_relocate(at, slide) \
	uk_shuffle_relocate(uk_image_slide = (slide))
#endif

/* The loader's seed is looked for only if it is needed: core mixes it into
 * all that is drawn later. */
static void seed(struct uk_draw *d, uint64_t start_info_pa)
{
	uint8_t own[32];
	size_t n = ukplat_entropy(own, sizeof(own));

	uk_draw_seed(d, own, n);
	uk_wipe(own, sizeof(own));
	if (n >= UK_DRAW_MIN)
		return;
	pvh_bootinfo_peek(start_info_pa, &pvh_info);
	if (n + pvh_info.seed_len < UK_DRAW_MIN)
		refuse();
	uk_draw_seed(d, pvh_info.seed, pvh_info.seed_len);
}

static unsigned int index_of(uintptr_t va, unsigned int shift)
{
	return va >> shift & (UKARCH_PT_ENTRIES - 1);
}

/* [va, va + len) to the image, as writable and executable as it is where it
 * was loaded: rights come with the final tables. */
static void map(uintptr_t va, size_t len)
{
	uint64_t *pdpt = pvh_boot_alias[0], *pd = pvh_boot_alias[1];
	uint64_t *pt = uk_image_tables_end - uk_image_tables_start ?
		       uk_image_tables_start : pvh_boot_alias[2];
	uint64_t pa = (uintptr_t)uk_image_start;
	uintptr_t end = va + len;

	ukarch_pt_clear(pdpt);
	ukarch_pt_clear(pd);
	pvh_boot_pml4[index_of(va, 39)] = (uintptr_t)pdpt | TABLE;
	pdpt[index_of(va, 30)] = (uintptr_t)pd | TABLE;
	while (va < end) {
		ukarch_pt_clear(pt);
		pd[index_of(va, 21)] = (uintptr_t)pt | TABLE;
		do {
			pt[index_of(va, 12)] = pa | LEAF;
			pa += UK_PAGE_SIZE;
			va += UK_PAGE_SIZE;
		} while (va < end && index_of(va, 12));
		pt += UKARCH_PT_ENTRIES;
	}
}

uintptr_t pvh_relocate(uint64_t start_info_pa)
{
	size_t len = (size_t)(uk_image_end - uk_image_start);
	struct plat_layout at;
	struct uk_draw d;

	uk_draw_init(&d, UK_DRAW_IMAGE);
	seed(&d, start_info_pa);
	at = plat_layout_draw(&d, len);
	uk_wipe(&d, sizeof(d));
	map(at.image, len);
	plat_window = at.window;
	uk_image_relocate(0, at.image - (uintptr_t)uk_image_start);
	return uk_image_slide;
}
