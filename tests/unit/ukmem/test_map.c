/* SPDX-License-Identifier: BSD-3-Clause */
/* The memory map: a table of bad ones, and random ones against counting
 * page by page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include "map.h"

#define RAM UK_REGION_RAM
#define RSV UK_REGION_RESERVED
#define ACPI UK_REGION_ACPI
#define FILE_ UK_REGION_INITRD
#define K 1024ull

static struct uk_bootinfo bi;
static struct mem_map map;
static char why[MEM_MAP_WHY];

static int check(const struct uk_region *r, size_t n, uint64_t image_pa,
		 uint64_t image_len, uint64_t need)
{
	struct mem_need want = { .image_len = image_len, .free = need };

	memset(&bi, 0, sizeof(bi));
	memset(&map, 0xa5, sizeof(map));
	memset(why, 0, sizeof(why));
	bi.n_regions = n;
	memcpy(bi.regions, r, n * sizeof(*r));
	bi.image_pa = image_pa;
	return mem_map_check(&bi, &want, &map, why, sizeof(why));
}

struct bad {
	struct uk_region r[6];
	uint64_t image_pa;
	int rc;
	const char *says;
};

#define LOW { 0, 640 * K, RAM }
#define HIGH { 1024 * K, 1024 * K, RAM }
#define IMAGE (1024 * K)

static const struct bad bad[] = {
	{ { { 0 } }, IMAGE, -EINVAL, "0 regions, 1 to 64" },
	{ { LOW, HIGH, { 4096 * K, 1, 9 } }, IMAGE, -EINVAL,
	  "region 2 (base 0x400000, length 0x1) is of no known kind" },
	{ { LOW, HIGH, { 4096 * K, 1, 0 } }, IMAGE, -EINVAL, "no known kind" },
	{ { LOW, { 4096 * K, 0, RSV }, HIGH }, IMAGE, -EINVAL,
	  "region 1 (base 0x400000, length 0) is empty" },
	{ { LOW, HIGH, { 1ull << 52, 1, RSV } }, IMAGE, -EINVAL, "beyond" },
	{ { LOW, HIGH, { (1ull << 52) - 1, 2, RSV } }, IMAGE, -EINVAL,
	  "beyond" },
	{ { LOW, HIGH, { 4096 * K, UINT64_MAX, RAM } }, IMAGE, -EINVAL,
	  "beyond" },
	{ { LOW, HIGH, { UINT64_MAX, 2, RAM } }, IMAGE, -EINVAL, "beyond" },
	{ { HIGH, LOW, { 639 * K, K + 1, RAM } }, IMAGE, -EINVAL,
	  "RAM 0-0x9ffff and RAM 0x9fc00-0xa0000 overlap" },
	{ { LOW, HIGH, { 2047 * K, 4 * K, RSV } }, IMAGE, -EINVAL,
	  "RAM 0x100000-0x1fffff and reserved 0x1ffc00-0x200bff overlap" },
	{ { LOW, HIGH, { 1030 * K, K, RSV } }, IMAGE, -EINVAL, "overlap" },
	{ { LOW, HIGH, { 1030 * K, K, ACPI } }, IMAGE, -EINVAL, "ACPI" },
	{ { LOW, HIGH, { 4096 * K, 4, RSV }, { 4096 * K + 3, 1, ACPI } },
	  IMAGE, -EINVAL, "overlap" },
	{ { LOW, HIGH, { 2047 * K, 2 * K, FILE_ } }, IMAGE, -EINVAL,
	  "initrd 0x1ffc00-0x2003ff overlap" },
	{ { LOW, HIGH, { 1800 * K, 8 * K, FILE_ }, { 1807 * K, K, FILE_ } },
	  IMAGE, -EINVAL, "initrd 0x1c2000-0x1c3fff and initrd 0x1c3c00" },
	/* Inside a file, not only inside RAM. */
	{ { LOW, HIGH, { 1800 * K, 8 * K, FILE_ }, { 1801 * K, K, RSV } },
	  IMAGE, -EINVAL, "overlap" },
	{ { LOW, HIGH, { 1100 * K, 8 * K, FILE_ } }, IMAGE, -EINVAL,
	  "overlaps the image" },
	{ { LOW, HIGH }, IMAGE + 1, -EINVAL, "is not inside" },
	{ { LOW, HIGH }, 2040 * K, -EINVAL, "is not inside" },
	{ { LOW, HIGH }, 636 * K, -EINVAL, "is not inside" },
	{ { LOW, HIGH }, 8192 * K, -EINVAL, "is not inside" },
	{ { LOW, HIGH }, UINT64_MAX - 4095, -EINVAL, "is not inside" },
	{ { LOW, HIGH, { 8192 * K, 2048 * K, ACPI } }, 8192 * K, -EINVAL,
	  "is not inside" },
	{ { { 0, 256 * K, RAM }, { 1024 * K, 160 * K, RAM } }, IMAGE, -ENOMEM,
	  "needs at least 420 KiB, has 416 KiB" },
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		size_t n = 0;

		while (n < 6 && (bad[i].r[n].base || bad[i].r[n].len))
			n++;
		assert_int_equal(check(bad[i].r, n, bad[i].image_pa, 128 * K,
				       288 * K), bad[i].rc);
		if (!strstr(why, bad[i].says))
			fail_msg("case %zu says: %s", i, why);
		assert_true(strlen(why) < sizeof(why) - 1);
	}
}

static void test_count(void **state)
{
	struct uk_region r[UK_BOOTINFO_MAX_REGIONS];
	size_t i;

	(void)state;
	for (i = 0; i < UK_BOOTINFO_MAX_REGIONS; i++)
		r[i] = (struct uk_region){ i << 20, 1 << 19, RAM };
	assert_int_equal(check(r, i, 0x100000, 0x10000, 0), 0);
	assert_int_equal(map.n, UK_BOOTINFO_MAX_REGIONS);
	/* The image in the middle of one gives one run more: the most. */
	assert_int_equal(check(r, i, 0x110000, 0x10000, 0), 0);
	assert_int_equal(map.n, MEM_MAP_RUNS);
	bi.n_regions = UK_BOOTINFO_MAX_REGIONS + 1;
	assert_int_equal(mem_map_check(&bi, &(struct mem_need){ 4096, 0 },
				       &map, why, sizeof(why)), -EINVAL);
	assert_non_null(strstr(why, "65 regions, 1 to 64"));
}

static void test_good(void **state)
{
	/* As QEMU's pc with 1,200 KiB says, and a file from the loader. */
	static const struct uk_region r[] = {
		{ 0x100000, 0x2c000, RAM }, { 0, 0x9fc00, RAM },
		{ 0x9fc00, 0x400, RSV }, { 0xf0000, 0x10000, RSV },
		{ 0x4321, 0x1000, FILE_ }, { 0xfffc0000, 0x40000, RSV },
	};
	static const struct mem_run want[] = {
		{ 0x1000, 0x3000 }, { 0x6000, 0x99000 },
		{ 0x120000, 0xc000 },
	};

	(void)state;
	assert_int_equal(check(r, 6, 0x100000, 0x20000, 0xa8000), 0);
	assert_int_equal(map.n, 3);
	assert_memory_equal(map.run, want, sizeof(want));
	assert_int_equal(check(r, 6, 0x100000, 0x20000, 0xa8001), -ENOMEM);
}

static void test_joined(void **state)
{
	/* Adjoining RAM is one run, even where the border is inside a page;
	 * the image may lie in memory that is kept for it. */
	static const struct uk_region r[] = {
		{ 0x5800, 0x4900, RAM }, { 0x1000, 0x4800, RAM },
		{ 0xa100, 0x10, RAM }, { 0x100000, 0x4000, RSV },
	};

	(void)state;
	assert_int_equal(check(r, 4, 0x100000, 0x4000, 0x9000), 0);
	assert_int_equal(map.n, 1);
	assert_int_equal(map.run[0].base, 0x1000);
	assert_int_equal(map.run[0].len, 0x9000);
	assert_int_equal(check(r, 4, 0x101000, 0x4000, 0), -EINVAL);
}

/* ---- random maps ------------------------------------------------------ */

#define PAGES 48
#define GRAIN 1024	/* borders fall on quarters of a page */
#define CELLS (PAGES * 4)

static unsigned int rnd(unsigned int n)
{
	return (unsigned int)random() % n;
}

/* What a map is by looking at each quarter page alone. -1: conflict. */
static int by_cells(const struct uk_region *r, size_t n, uint64_t image,
		    uint64_t image_len, unsigned char *page)
{
	int kind[CELLS] = { 0 }, file[CELLS] = { 0 };

	for (size_t i = 0; i < n; i++)
		for (uint64_t c = r[i].base / GRAIN;
		     c < (r[i].base + r[i].len) / GRAIN; c++) {
			int *k = r[i].kind == FILE_ ? &file[c] : &kind[c];

			if (*k)
				return -1;
			*k = r[i].kind;
		}
	for (int c = 0; c < CELLS; c++)
		if (file[c] && kind[c] && kind[c] != RAM)
			return -1;
	for (int p = 0; p < PAGES; p++) {
		page[p] = p > 0;
		for (int c = 4 * p; c < 4 * p + 4; c++)
			page[p] &= kind[c] == RAM && !file[c];
	}
	for (uint64_t a = image; a < image + image_len; a += 4096)
		page[a / 4096] = 0;
	return 0;
}

static void test_random(void **state)
{
	unsigned int good = 0, refused = 0;

	(void)state;
	srandom(7);
	for (int round = 0; round < 20000; round++) {
		struct uk_region r[8];
		size_t n = 2 + rnd(6), i;
		unsigned char page[PAGES], seen[PAGES] = { 0 };
		uint64_t end = 0;

		/* The image's home, and all others at random below it. */
		r[0] = (struct uk_region){ 40 * 4096, 8 * 4096, 1 + rnd(2) };
		for (i = 1; i < n; i++) {
			r[i].base = rnd(39 * 4) * GRAIN;
			r[i].len = (1 + rnd(24)) * GRAIN;
			if (r[i].base + r[i].len > 40 * 4096)
				r[i].len = 40 * 4096 - r[i].base;
			r[i].kind = 1 + rnd(4);
		}
		if (check(r, n, 42 * 4096, 2 * 4096, 0)) {
			refused++;
			/* A file may cross the border of two regions of RAM
			 * for the cells, not for us. */
			continue;
		}
		good++;
		assert_int_equal(by_cells(r, n, 42 * 4096, 2 * 4096, page), 0);
		for (i = 0; i < map.n; i++) {
			assert_true(map.run[i].base > end || !i);
			assert_true(map.run[i].len);
			end = map.run[i].base + map.run[i].len;
			for (uint64_t a = map.run[i].base; a < end; a += 4096)
				seen[a / 4096] = 1;
		}
		assert_memory_equal(seen, page, PAGES);
	}
	assert_true(good > 500 && refused > 500);
}

/* Whatever has no overlap at all must be taken. */
static void test_random_disjoint(void **state)
{
	(void)state;
	srandom(11);
	for (int round = 0; round < 5000; round++) {
		struct uk_region r[9];
		unsigned char page[PAGES];
		uint64_t at = rnd(8) * GRAIN;
		size_t n = 0, i, sum = 0;

		while (n < 8 && at < 39 * 4096) {
			r[n].base = at;
			r[n].len = (1 + rnd(20)) * GRAIN;
			if (at + r[n].len > 40 * 4096)
				r[n].len = 40 * 4096 - at;
			r[n].kind = 1 + rnd(4);
			at += r[n].len + rnd(3) * GRAIN;
			n++;
		}
		r[n++] = (struct uk_region){ 40 * 4096, 8 * 4096, RAM };
		for (i = n - 1; i; i--) {	/* in any order */
			size_t j = rnd((unsigned int)i + 1);
			struct uk_region t = r[i];

			r[i] = r[j];
			r[j] = t;
		}
		assert_int_equal(check(r, n, 45 * 4096, 3 * 4096, 0), 0);
		assert_int_equal(by_cells(r, n, 45 * 4096, 3 * 4096, page), 0);
		for (i = 0; i < PAGES; i++)
			sum += page[i];
		for (i = 0; i < map.n; i++)
			sum -= map.run[i].len / 4096;
		assert_int_equal(sum, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_random_disjoint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
