/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the final address space (plat/common/space.c) has to know of the boot
 * tables, and devices in its window.
 */
#include "virt.h"
#include "space.h"
#include "watch.h"

#include <uk/errno.h>
#include <uk/image.h>

const char plat_name[] = "kvm";

void *kvm_slot(unsigned int slot, uint64_t pa, bool device)
{
	uint64_t *slots = kvm_boot_table(KVM_TABLE_SLOTS + 1);
	uint64_t base = pa & -UKARCH_PAGE_LARGE;
	uintptr_t va = KVM_SLOTS + ((uintptr_t)slot << KVM_SLOT_SHIFT);
	unsigned int prot = UKARCH_PROT_W | (device ? UKARCH_PROT_DEVICE : 0);
	const struct ukarch_pt format = { .nx = true };
	uint64_t entry = ukarch_pt_encode(&format, base, prot) &
			 ~UKARCH_PTE_PAGE;

	if (slots[slot] != entry) {
		slots[slot] = 0;
		ukarch_tlb_page(va);
		slots[slot] = entry;
		ukarch_tables_written();
	}
	return (void *)(va + (pa - base));
}

static uint64_t boot_tables(void)
{
	return kvm_image_pa + (uint64_t)(uk_image_end - uk_image_start);
}

void space_boot_tables(uint64_t *start, uint64_t *end)
{
	*start = boot_tables();
	*end = *start + KVM_TABLES * UK_PAGE_SIZE;
}

uint64_t *space_look(uint64_t pa)
{
#ifdef CONFIG_HARDEN_BTI
	space_tables.guarded = true;
#endif
	return kvm_slot(KVM_SLOT_FRAMES, pa, false);
}

void space_join(unsigned int slot, uint64_t entry)
{
	kvm_boot_table(KVM_TABLE_TOP)[slot] = entry;
	ukarch_tables_written();
}

volatile void *kvm_device(uint64_t pa, size_t len)
{
	uint64_t start = UK_ALIGN_DOWN(pa, UK_PAGE_SIZE);
	uint64_t end = UK_ALIGN_UP(pa + len, UK_PAGE_SIZE);
	uint64_t at, known;
	unsigned int prot;
	size_t n;

	if (pa >= PLAT_WINDOW_LEN || len > PLAT_WINDOW_LEN - pa)
		return NULL;
	for (at = start; at < end; at += UK_PAGE_SIZE) {
		/* Two devices may share a page. */
		if (ukarch_pt_query(&space_tables, plat_window + at, &known,
				    &prot, &n)) {
			if (!(prot & UKARCH_PROT_DEVICE))
				return NULL;
			continue;
		}
		if (ukarch_pt_map(&space_tables, plat_window + at, at,
				  UK_PAGE_SIZE,
				  UKARCH_PROT_W | UKARCH_PROT_DEVICE, false))
			return NULL;
	}
	ukarch_tables_written();
	return (volatile void *)(plat_window + pa);
}

/* What the boot tables allowed, the CPU forbids from here on: no page that can
 * be written is executed, whatever its entry says. */
static UK_NOINLINE void use_tables(void)
{
	ukarch_tables_written();
	ukarch_ttbr0_set(space_tables.root);
#ifdef CONFIG_HARDEN_WX
	ukarch_sctlr_set(ukarch_sctlr_get() | UKARCH_SCTLR_WXN);
#endif
	ukarch_tlb_all();
}

int ukplat_map_commit(void)
{
	volatile void *uart = NULL;

	if (kvm_fdt.uart) {
		uart = kvm_device(kvm_fdt.uart, UK_PAGE_SIZE);
		if (!uart)
			return -ENOMEM;
	}
	use_tables();
	kvm_console_set(uart);
	plat_watch_start();
#ifdef CONFIG_HARDEN_ASLR
	/* They say where the image is, and their frames are core's now. */
	space_clear(boot_tables(), KVM_TABLES);
#endif
	return 0;
}
