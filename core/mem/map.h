/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The memory map of the boot information, checked and brought into the form
 * that the frame allocator starts from. Pure: no state, no platform call.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>

/* Each region gives one run at most, or cuts one in two; so does the image. */
#define MEM_MAP_RUNS (UK_BOOTINFO_MAX_REGIONS + 1)

struct mem_run {
	uint64_t base, len;	/* bytes, page multiples, len > 0 */
};

struct mem_map {
	size_t n;
	struct mem_run run[MEM_MAP_RUNS];	/* by address, none adjoins */
};

struct mem_need {
	uint64_t image_len;	/* bytes, page multiple */
	uint64_t free;		/* bytes that must be free beside the image */
};

#define MEM_MAP_WHY 160

/*
 * Fill *out with the RAM that is free to use: whole pages only, without page
 * 0, the image and what the loader placed (UK_REGION_INITRD). Regions may come
 * in any order; RAM that adjoins is joined. Refused, with one sentence in why
 * (size bytes):
 *  -EINVAL  no or too many regions; unknown kind; empty; beyond physical
 *           addresses; two that overlap (only INITRD may lie in RAM); an image
 *           that is not aligned, not in RAM or reserved memory as a whole, or
 *           in the way of an INITRD
 *  -ENOMEM  too little RAM
 */
int mem_map_check(const struct uk_bootinfo *bi, const struct mem_need *need,
		  struct mem_map *out, char *why, size_t size);
