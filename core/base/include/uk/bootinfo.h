/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a platform tells core about the machine, already checked.
 *
 * The platform decodes its boot protocol (PVH start-info, device tree,
 * start-info page, auxv ...) into this fixed-size form. The input is not
 * trusted: the platform checks every pointer, count and length before use and
 * refuses what is wrong with ukplat_boot_refuse(). Core checks once more what
 * crosses this border (ordering, overlap, wrap-around) in uk_mem_init().
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/hvprotect.h>

#define UK_BOOTINFO_MAX_REGIONS 64
/* Longest command line that is accepted, without the closing NUL. */
#define UK_BOOTINFO_MAX_CMDLINE 4095
#define UK_BOOTINFO_MAX_SEED 64

enum uk_region_kind {
	UK_REGION_RAM = 1,	/* free to use */
	UK_REGION_RESERVED,	/* exists, hands off */
	UK_REGION_ACPI,		/* tables: may be read */
	UK_REGION_INITRD,	/* a file that the loader placed */
};

struct uk_region {
	uint64_t base;		/* physical address, bytes */
	uint64_t len;		/* bytes, > 0, base + len does not wrap */
	enum uk_region_kind kind;
};

struct uk_bootinfo {
	const char *protocol;	/* "pvh", "linux", ... static storage */
	size_t n_regions;	/* <= UK_BOOTINFO_MAX_REGIONS */
	struct uk_region regions[UK_BOOTINFO_MAX_REGIONS];
	uint64_t image_pa;	/* physical address of uk_image_start */
	struct uk_hvprotect hv;	/* text and rodata, where they are held */
	uint64_t rsdp_pa;	/* ACPI root pointer, 0 = none */
	size_t seed_len;	/* entropy from the loader, may be 0 */
	uint8_t seed[UK_BOOTINFO_MAX_SEED];
	size_t cmdline_len;	/* bytes before the NUL */
	char cmdline[UK_BOOTINFO_MAX_CMDLINE + 1];
};

/* Does any of [pa, pa + len), which does not wrap, belong to what is memory?
 * There no device can be. */
static inline bool uk_bootinfo_is_memory(const struct uk_bootinfo *bi,
					 uint64_t pa, uint64_t len)
{
	const struct uk_region *r = bi->regions;
	size_t i;

	for (i = 0; i < bi->n_regions; i++, r++)
		if (r->kind != UK_REGION_RESERVED && pa < r->base + r->len &&
		    r->base < pa + len)
			return true;
	return false;
}
