/* SPDX-License-Identifier: BSD-3-Clause */
/* The frame allocator as the rest of core/mem sees it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "map.h"
#include "table.h"

/* Where mem_map_check writes; kept, to tell frames from everything else. */
extern struct mem_map mem_ram;
extern struct mem_table mem_extents;

/* Start from mem_ram: all of it is free. */
void mem_frame_init(void);

/*
 * [pa, pa + len), whole pages that were the image's and adjoin what mem_ram
 * says of it, is free RAM from now on.
 */
void mem_frame_adopt(uint64_t pa, uint64_t len);

/*
 * Take up to max frames (> 0) in a row: the first run that holds them all,
 * else the largest one there is, unless `whole` forbids that. Returns how
 * many, 0 = none.
 */
size_t mem_frame_take(size_t max, bool whole, uint64_t *pa);

/* Does [pa, pa + len) touch a frame that the allocator manages? */
bool mem_frame_touches(uint64_t pa, uint64_t len);
