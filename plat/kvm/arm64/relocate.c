/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image to a random place, in four-kilobyte steps. It runs where it is
 * linked to be: until the relocations are applied every pointer in it is right,
 * and from then on the place is the other one. Nothing may have stored a
 * pointer before.
 */
#include "virt.h"
#include "space.h"

#include <uk/arch/paging.h>
#include <uk/image.h>
#include <uk/print.h>

#define TABLE (UKARCH_PTE_P | UKARCH_PTE_PAGE)
#define LEAF (TABLE | UKARCH_PTE_A | UKARCH_PTE_INNER | UKARCH_PTE_UXN)

uintptr_t plat_window UK_RO_AFTER_INIT_ZERO;

static UK_NORETURN void refuse(void)
{
	kvm_console_set(kvm_slot(KVM_SLOT_UART, KVM_FIRST_UART, true));
	uk_print_raw("aslr: no entropy for a random layout: this CPU has no "
		     "RNDR, and the loader passes no seed. Use a CPU model "
		     "that has one (QEMU: -cpu max), or a loader that puts "
		     "rng-seed into the device tree.\n");
	ukplat_exit(UK_EXIT_ENTROPY);
}

/* The loader's seed is looked for only if it is needed: core mixes it into
 * all that is drawn later. */
static void seed(struct uk_draw *d, uint64_t tree_pa)
{
	uint8_t own[32];
	size_t n = ukplat_entropy(own, sizeof(own));

	uk_draw_seed(d, own, n);
	uk_wipe(own, sizeof(own));
	if (n >= UK_DRAW_MIN)
		return;
	kvm_bootinfo_peek(tree_pa, &kvm_info);
	if (n + kvm_info.seed_len < UK_DRAW_MIN)
		refuse();
	uk_draw_seed(d, kvm_info.seed, kvm_info.seed_len);
}

static unsigned int index_of(uintptr_t va, unsigned int shift)
{
	return va >> shift & (UKARCH_PT_ENTRIES - 1);
}

/* [va, va + len) to the image, as writable and executable as it is where it
 * is linked to be: rights come with the final tables. */
static void map(uintptr_t va, size_t len, uint64_t pa)
{
	uint64_t off = pa - (uintptr_t)uk_image_start;
	uint64_t *one = kvm_boot_table(KVM_TABLE_ALIAS);
	uint64_t *two = kvm_boot_table(KVM_TABLE_ALIAS + 1);
	uint64_t *three = uk_image_tables_end - uk_image_tables_start ?
			  uk_image_tables_start :
			  kvm_boot_table(KVM_TABLE_ALIAS + 2);
	uintptr_t end = va + len;

	kvm_boot_table(KVM_TABLE_TOP)[index_of(va, 39)] =
		((uintptr_t)one + off) | TABLE;
	one[index_of(va, 30)] = ((uintptr_t)two + off) | TABLE;
	while (va < end) {
		ukarch_pt_clear(three);
		two[index_of(va, 21)] = ((uintptr_t)three + off) | TABLE;
		do {
			three[index_of(va, 12)] = pa | LEAF;
			pa += UK_PAGE_SIZE;
			va += UK_PAGE_SIZE;
		} while (va < end && index_of(va, 12));
		three += UKARCH_PT_ENTRIES;
	}
	ukarch_tables_written();
}

uintptr_t kvm_relocate(uint64_t tree_pa, uint64_t image_pa)
{
	size_t len = (size_t)(uk_image_end - uk_image_start);
	struct plat_layout at;
	struct uk_draw d;

	uk_draw_init(&d, UK_DRAW_IMAGE);
	seed(&d, tree_pa);
	at = plat_layout_draw(&d, len);
	uk_wipe(&d, sizeof(d));
	map(at.image, len, image_pa);
	plat_window = at.window;
	uk_image_relocate(0, at.image - (uintptr_t)uk_image_start);
	return uk_image_slide;
}
