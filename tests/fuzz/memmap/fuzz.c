/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any memory map: what comes out of the check lies in RAM, page-aligned, in
 * order, apart from everything else, and is as much as was asked for; what is
 * refused says why.
 * Input: image address and length, need (8 bytes each), then regions of 17.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk/plat.h>
#include "map.h"

#define CHECK(cond) do { if (!(cond)) abort(); } while (0)

static struct uk_bootinfo bi;

static uint64_t word(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static void check_run(const struct mem_run *run, const struct mem_need *need)
{
	uint64_t end = run->base + run->len, in_ram = 0;
	uint64_t image_end = bi.image_pa + need->image_len;

	CHECK(run->base && run->len);
	CHECK(!((run->base | run->len) % UK_PAGE_SIZE));
	CHECK(end <= bi.image_pa || run->base >= image_end);
	for (size_t i = 0; i < bi.n_regions; i++) {
		const struct uk_region *r = &bi.regions[i];
		uint64_t r_end = r->base + r->len;
		uint64_t lo = r->base > run->base ? r->base : run->base;
		uint64_t hi = r_end < end ? r_end : end;

		if (lo >= hi)
			continue;
		CHECK(r->kind == UK_REGION_RAM);
		in_ram += hi - lo;
	}
	CHECK(in_ram == run->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct mem_map map;
	char why[MEM_MAP_WHY] = "";
	struct mem_need need;
	uint64_t end = 0, sum = 0;

	if (size < 24)
		return 0;
	bi.image_pa = word(data);
	/* The linker's symbols, not input: a page at least. */
	need.image_len = word(data + 8) & ~(UK_PAGE_SIZE - 1);
	need.image_len += need.image_len ? 0 : UK_PAGE_SIZE;
	need.free = word(data + 16);
	bi.n_regions = 0;
	for (size_t at = 24; size - at >= 17; at += 17) {
		struct uk_region r = {
			word(data + at), word(data + at + 8), data[at + 16],
		};

		if (bi.n_regions < UK_BOOTINFO_MAX_REGIONS)
			bi.regions[bi.n_regions] = r;
		bi.n_regions++;
	}
	if (mem_map_check(&bi, &need, &map, why, sizeof(why))) {
		CHECK(*why && strlen(why) < sizeof(why) - 1);
		return 0;
	}
	CHECK(map.n <= MEM_MAP_RUNS);
	for (size_t i = 0; i < map.n; i++) {
		CHECK(!i || map.run[i].base > end);
		check_run(&map.run[i], &need);
		end = map.run[i].base + map.run[i].len;
		sum += map.run[i].len;
	}
	CHECK(sum >= need.free);
	return 0;
}
