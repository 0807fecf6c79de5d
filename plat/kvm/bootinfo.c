/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Boot information on the boot tables: gives the decoders of pvh.c and acpi.c
 * a view of physical memory, and checks what only the image itself knows.
 */
#include "clock.h"
#include "device.h"
#include "kvm.h"

#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/image.h>
#include <uk/str.h>

#define REACH (1ull << 32)	/* PVH keeps all of its data below */
#define WINDOW (1ull << 21)	/* one entry of the boot tables */
#define WINDOWS 8
#define FIRST_ENTRY KVM_BOOT_FREE

#define PAGE_PRESENT_RW 0x03
#define PAGE_LARGE 0x80

struct acpi_facts kvm_acpi UK_RO_AFTER_INIT_ZERO;

/*
 * Beyond what the boot tables map to itself: pairs of spare entries, so that
 * up to 2 MiB can start anywhere in the first of a pair. A pair is never given
 * up, so earlier pointers stay valid; all of them end with the boot tables.
 */
void *kvm_boot_window(uint64_t pa, size_t len)
{
	static uint64_t windows[WINDOWS];
	uint64_t start = UK_ALIGN_DOWN(pa, WINDOW), *pd;
	size_t i, entry;

	if (pa >= REACH || len > REACH - pa || len > WINDOW)
		return NULL;
	if (len <= KVM_BOOT_MAP_END && pa <= KVM_BOOT_MAP_END - len)
		return (void *)pa;
	for (i = 0; i < WINDOWS && windows[i] != 0; i++)
		if (windows[i] == start)
			break;
	if (i == WINDOWS)
		return NULL;
	entry = FIRST_ENTRY + 2 * i;
	pd = kvm_loaded(kvm_boot_pd) + entry;
	if (windows[i] == 0) {
		windows[i] = start;
		pd[0] = start | PAGE_LARGE | PAGE_PRESENT_RW;
		pd[1] = (start + WINDOW) | PAGE_LARGE | PAGE_PRESENT_RW;
		__asm__ __volatile__("" : : : "memory");
	}
	return (void *)(entry * WINDOW + (pa - start));
}

static const void *view_at(const struct pvh_view *v UK_UNUSED, uint64_t pa,
			   size_t len)
{
	return kvm_boot_window(pa, len);
}

static bool overlaps(const struct uk_region *r, uint64_t pa, uint64_t len)
{
	return pa < r->base + r->len && r->base < pa + len;
}

/* Device registers that ACPI names must not be RAM. */
static void check_registers(const struct uk_bootinfo *bi)
{
	const struct uk_region *r = bi->regions;
	size_t i, n;

	for (i = 0; i < bi->n_regions; i++, r++) {
		if (r->kind != UK_REGION_RAM)
			continue;
		if (!kvm_acpi.sleep_is_io && overlaps(r, kvm_acpi.sleep, 1))
			kvm_acpi.sleep = 0;
		for (n = 0; n < ACPI_MAX_IOAPICS; n++)
			if (overlaps(r, kvm_acpi.ioapic[n].pa, UK_PAGE_SIZE))
				kvm_acpi.ioapic[n].pa = 0;
	}
}

/* The seed is for this image alone: no copy stays in the loader's memory. */
static void wipe(char *s)
{
	while (s && *s)
		*s++ = '\0';
}

/*
 * Are the ACPI tables worth the time? They name devices, and memory that is a
 * file of the host's. Besides, they tell how to stop a machine that has no
 * device for it, and what counts where there is no PIT.
 */
static bool acpi_wanted(void)
{
#if defined(CONFIG_LIBUKBUS_PCI) || defined(CONFIG_LIBUKBUS_MMIO) || \
	defined(CONFIG_HARDEN_HVRO)
	return true;
#else
	return !kvm_debug_exit_here() || !kvm_pit_ref();
#endif
}

static const struct pvh_view view = { .at = view_at };

void kvm_bootinfo_peek(uint64_t start_info_pa, struct uk_bootinfo *bi)
{
	const char *why;
	uint64_t value;

	pvh_decode(&view, start_info_pa, bi, &why, &value);
}

void kvm_bootinfo_decode(uint64_t start_info_pa, struct uk_bootinfo *bi)
{
	const char *why;
	uint64_t value;
	int rc;

	rc = pvh_decode(&view, start_info_pa, bi, &why, &value);
	bi->image_pa = (uintptr_t)kvm_loaded(uk_image_start);
	if (acpi_wanted()) {
		acpi_decode(&view, bi->rsdp_pa, &kvm_acpi);
		check_registers(bi);
	}
	if (rc)
		ukplat_boot_refuse(why, value);
	if (bi->seed_len != 0)
		wipe(kvm_boot_window(pvh_cmdline_pa(&view, start_info_pa), 1));
}
