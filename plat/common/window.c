/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Boot information on the boot tables: gives the decoders a view of physical
 * memory, and checks what only the image itself knows.
 */
#include "machine.h"

#include <uk/essentials.h>
#include <uk/image.h>
#include <uk/str.h>

#define REACH (1ull << 32)	/* PVH keeps all of its data below */
#define WINDOW (1ull << 21)	/* one entry of the boot tables */
#define WINDOWS 8
#define FIRST_ENTRY PVH_BOOT_FREE

#define PAGE_PRESENT_RW 0x03
#define PAGE_LARGE 0x80

/*
 * Beyond what the boot tables map to itself: pairs of spare entries, so that
 * up to 2 MiB can start anywhere in the first of a pair. A pair is never given
 * up, so earlier pointers stay valid; all of them end with the boot tables.
 */
void *pvh_boot_window(uint64_t pa, size_t len)
{
	static uint64_t windows[WINDOWS];
	uint64_t start = UK_ALIGN_DOWN(pa, WINDOW), *pd;
	size_t i, entry;

	if (pa >= REACH || len > REACH - pa || len > WINDOW)
		return NULL;
	if (len <= PVH_BOOT_MAP_END && pa <= PVH_BOOT_MAP_END - len)
		return (void *)pa;
	for (i = 0; i < WINDOWS && windows[i] != 0; i++)
		if (windows[i] == start)
			break;
	if (i == WINDOWS)
		return NULL;
	entry = FIRST_ENTRY + 2 * i;
	pd = pvh_loaded(pvh_boot_pd) + entry;
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
	return pvh_boot_window(pa, len);
}

/* The seed is for this image alone: no copy stays in the loader's memory. */
static void wipe(char *s)
{
	while (s && *s)
		*s++ = '\0';
}

static const struct pvh_view view = { .at = view_at };

void pvh_bootinfo_peek(uint64_t start_info_pa, struct uk_bootinfo *bi)
{
	const char *why;
	uint64_t value;

	pvh_decode(&view, start_info_pa, bi, &why, &value);
}

void pvh_bootinfo_decode(uint64_t start_info_pa, struct uk_bootinfo *bi)
{
	const char *why;
	uint64_t value;
	int rc;

	rc = pvh_decode(&view, start_info_pa, bi, &why, &value);
	bi->image_pa = (uintptr_t)pvh_loaded(uk_image_start);
	pvh_found(&view, bi);
	if (rc)
		ukplat_boot_refuse(why, value);
	if (bi->seed_len != 0)
		wipe(pvh_boot_window(pvh_cmdline_pa(&view, start_info_pa), 1));
}
