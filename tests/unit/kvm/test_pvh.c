/* SPDX-License-Identifier: BSD-3-Clause */
/* The PVH start-info: what is taken from it and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>

#include "memory.h"

#define SI 0x1000u		/* start-info */
#define MAP 0x1107u		/* memory map, not aligned on purpose */
#define MODS 0x3001u		/* module list */
#define CMD 0x4003u		/* command line */

static struct memory m;
static struct uk_bootinfo bi;
static const char *why;
static uint64_t value;
static unsigned int n_map, n_mods;

static void map(uint64_t base, uint64_t len, uint32_t type)
{
	uint64_t e = MAP + 24 * n_map++;

	put(&m, e, base, 8);
	put(&m, e + 8, len, 8);
	put(&m, e + 16, type, 4);
	put(&m, SI + 48, n_map, 4);
}

static void module(uint64_t base, uint64_t len)
{
	uint64_t e = MODS + 32 * n_mods++;

	put(&m, e, base, 8);
	put(&m, e + 8, len, 8);
	put(&m, SI + 12, n_mods, 4);
	put(&m, SI + 16, MODS, 8);
}

static void cmdline(const char *s)
{
	memcpy(m.b + CMD - BASE, s, strlen(s) + 1);
	put(&m, SI + 24, CMD, 8);
}

/* A start-info as a small machine has it. */
static int setup(void **state)
{
	(void)state;
	memory_init(&m);
	memset(&bi, 0xee, sizeof(bi));
	why = NULL;
	value = 0;
	n_map = n_mods = 0;
	put(&m, SI, 0x336ec578, 4);
	put(&m, SI + 4, 1, 4);
	put(&m, SI + 32, 0xf59d0, 8);
	put(&m, SI + 40, MAP, 8);
	map(0, 0x9fc00, 1);
	map(0x9fc00, 0x400, 2);
	map(0x100000, 0x7ee0000, 1);
	return 0;
}

static int decode(void)
{
	return pvh_decode(&m.view, SI, &bi, &why, &value);
}

static void refused(const char *word)
{
	assert_int_equal(decode(), -EINVAL);
	assert_non_null(why);
	if (!strstr(why, word))
		fail_msg("'%s' does not say '%s'", why, word);
}

static void test_plain(void **state)
{
	(void)state;
	cmdline("prog a=1 -- b");
	map(0x7fe0000, 0x20000, 3);
	map(0xfffc0000, 0x40000, 2);
	map(0, 0, 0);				/* microvm ends with one */
	map(0xfd00000000, 0x300000000, 77);	/* unknown: reserved */
	assert_int_equal(decode(), 0);
	assert_string_equal(bi.protocol, "pvh");
	assert_int_equal(bi.n_regions, 6);
	assert_int_equal(bi.regions[0].base, 0);
	assert_int_equal(bi.regions[0].len, 0x9fc00);
	assert_int_equal(bi.regions[0].kind, UK_REGION_RAM);
	assert_int_equal(bi.regions[1].kind, UK_REGION_RESERVED);
	assert_int_equal(bi.regions[3].kind, UK_REGION_ACPI);
	assert_int_equal(bi.regions[5].base, 0xfd00000000);
	assert_int_equal(bi.regions[5].kind, UK_REGION_RESERVED);
	assert_int_equal(bi.rsdp_pa, 0xf59d0);
	assert_int_equal(bi.seed_len, 0);
	assert_string_equal(bi.cmdline, "prog a=1 -- b");
	assert_int_equal(bi.cmdline_len, 13);
	assert_int_equal(pvh_cmdline_pa(&m.view, SI), CMD);
}

static void test_no_cmdline(void **state)
{
	(void)state;
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.cmdline_len, 0);
	assert_string_equal(bi.cmdline, "");
}

static void test_header(void **state)
{
	(void)state;
	put(&m, SI, 0x336ec579, 4);
	refused("no PVH start-info");
	assert_int_equal(value, 0x336ec579);
	setup(NULL);
	put(&m, SI + 4, 0, 4);
	refused("version 0");
	/* Known all the same: it tells how to power off. */
	assert_int_equal(bi.rsdp_pa, 0xf59d0);
	assert_int_equal(pvh_decode(&m.view, BASE + SIZE - 8, &bi, &why,
				    &value), -EINVAL);
	assert_int_equal(pvh_decode(&m.view, UINT64_MAX - 3, &bi, &why,
				    &value), -EINVAL);
	assert_int_equal(pvh_decode(&m.view, 0, &bi, &why, &value), -EINVAL);
	assert_non_null(strstr(why, "start-info lies"));
}

static void test_map_pointer(void **state)
{
	(void)state;
	put(&m, SI + 40, 0, 8);
	refused("no memory map");
	put(&m, SI + 40, MAP, 8);
	put(&m, SI + 48, 0, 4);
	refused("no memory map");
	put(&m, SI + 48, UINT32_MAX, 4);
	refused("too many entries");
	put(&m, SI + 48, 3, 4);
	put(&m, SI + 40, BASE + SIZE - 71, 8);	/* one byte short */
	refused("memory map lies");
	put(&m, SI + 40, UINT64_MAX - 10, 8);
	refused("memory map lies");
	assert_int_equal(value, UINT64_MAX - 10);
}

static void test_map_count(void **state)
{
	(void)state;
	while (n_map < UK_BOOTINFO_MAX_REGIONS)
		map(0x100000000 * n_map, 0x1000, 2);
	map(0, 0, 1);		/* empty ones do not count */
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.n_regions, UK_BOOTINFO_MAX_REGIONS);
	map(0x100000000 * n_map, 0x1000, 2);
	refused("more regions");
}

static void test_map_wrap(void **state)
{
	(void)state;
	map(UINT64_MAX - 0xfff, 0xfff, 2);	/* ends at the last byte - 1 */
	assert_int_equal(decode(), 0);
	map(UINT64_MAX - 0xfff, 0x1000, 2);	/* base + len would be 0 */
	refused("wraps");
	assert_int_equal(value, UINT64_MAX - 0xfff);
}

static void test_cmdline_limit(void **state)
{
	static char s[UK_BOOTINFO_MAX_CMDLINE + 2];

	(void)state;
	memset(s, 'x', UK_BOOTINFO_MAX_CMDLINE);
	cmdline(s);
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.cmdline_len, UK_BOOTINFO_MAX_CMDLINE);
	assert_string_equal(bi.cmdline, s);
	s[UK_BOOTINFO_MAX_CMDLINE] = 'x';
	cmdline(s);
	refused("longer than 4095 bytes");
}

static void test_cmdline_pointer(void **state)
{
	(void)state;
	put(&m, SI + 24, BASE + SIZE, 8);
	refused("command line lies");
	put(&m, SI + 24, UINT64_MAX - 1, 8);
	refused("command line lies");
	/* Runs off the end of what can be read. */
	memset(m.b + SIZE - 256, 'y', 256);
	put(&m, SI + 24, BASE + SIZE - 256, 8);
	refused("command line lies");
}

static void test_module(void **state)
{
	(void)state;
	module(0x200000, 0x12345);
	module(0, 0);			/* empty: ignored */
	module(0x9fb00, 0x100);		/* up to its region's end */
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.n_regions, 5);
	assert_int_equal(bi.regions[2].kind, UK_REGION_RAM);
	assert_int_equal(bi.regions[3].kind, UK_REGION_INITRD);
	assert_int_equal(bi.regions[3].base, 0x200000);
	assert_int_equal(bi.regions[3].len, 0x12345);
	assert_int_equal(bi.regions[4].kind, UK_REGION_INITRD);
	assert_int_equal(bi.regions[4].base, 0x9fb00);
}

static void test_module_bad(void **state)
{
	(void)state;
	module(0x9fc00, 0x100);		/* reserved memory */
	refused("boot module");
	setup(NULL);
	module(0x7fdff00, 0x101);	/* one byte beyond RAM */
	refused("boot module");
	setup(NULL);
	module(0x200000, UINT64_MAX);	/* wraps */
	refused("boot module");
	setup(NULL);
	module(0x200000, 0x1000);
	put(&m, SI + 12, UINT32_MAX, 4);
	refused("too many boot modules");
	put(&m, SI + 12, 1, 4);
	put(&m, SI + 16, BASE + SIZE - 31, 8);
	refused("list of boot modules");
}

static void test_module_count(void **state)
{
	(void)state;
	while (n_map < UK_BOOTINFO_MAX_REGIONS - 1)
		map(0x100000000 * n_map, 0x1000, 2);
	module(0x200000, 0x1000);	/* one more region: just fits */
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.n_regions, UK_BOOTINFO_MAX_REGIONS);
	module(0x300000, 0x1000);
	refused("more regions");
}

static void seed(const char *line, const char *rest, size_t len)
{
	setup(NULL);
	cmdline(line);
	assert_int_equal(decode(), 0);
	assert_string_equal(bi.cmdline, rest);
	assert_int_equal(bi.cmdline_len, strlen(rest));
	assert_int_equal(bi.seed_len, len);
}

static void test_seed(void **state)
{
	char line[200] = "rng_seed=", big[160] = "";

	(void)state;
	seed("a rng_seed=00fFa1 b", "a b", 3);
	assert_memory_equal(bi.seed, "\x00\xff\xa1", 3);
	seed("rng_seed=12", "", 1);
	seed("rng_seed=12 ", "", 1);
	seed("a rng_seed=12", "a ", 1);
	seed("a  rng_seed=12  b", "a   b", 1);
	/* Not the word: a part of one, or another key. */
	seed("xrng_seed=12", "xrng_seed=12", 0);
	seed("rng_seeds=12", "rng_seeds=12", 0);
	for (int i = 0; i < UK_BOOTINFO_MAX_SEED; i++)
		sprintf(big + 2 * i, "%02x", i);
	strcat(line, big);
	seed(line, "", UK_BOOTINFO_MAX_SEED);
	assert_int_equal(bi.seed[63], 63);
	/* No digit stays behind the end. */
	for (size_t i = 0; i < strlen(line); i++)
		assert_int_equal(bi.cmdline[i], 0);
}

static void test_seed_bad(void **state)
{
	static const char *const bad[] = {
		"rng_seed=", "rng_seed=1", "rng_seed=123", "rng_seed=0x12",
		"rng_seed=12,", "rng_seed=g0", "rng_seed=1g", "rng_seed= 12",
		"x rng_seed=12 rng_seed=13",
	};
	char line[200] = "rng_seed=";
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		setup(NULL);
		cmdline(bad[i]);
		refused("rng_seed=");
	}
	memset(line + 9, '1', 130);
	setup(NULL);
	cmdline(line);
	refused("hex digits");
}

/* Every byte of a good start-info, changed to a few values: never a crash,
 * and a refusal always has its reason. */
static void test_any_byte(void **state)
{
	static const uint8_t v[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
	unsigned int at, i, refusals = 0;

	(void)state;
	cmdline("prog rng_seed=0011 x");
	module(0x200000, 0x1000);
	for (at = 0; at < 56 + 7 + 24 * 3 + 0x107; at++) {
		uint8_t old = m.b[at];

		for (i = 0; i < sizeof(v); i++) {
			m.b[at] = v[i];
			why = NULL;
			if (decode() != 0) {
				assert_non_null(why);
				refusals++;
			} else {
				assert_true(bi.n_regions <=
					    UK_BOOTINFO_MAX_REGIONS);
			}
		}
		m.b[at] = old;
	}
	assert_in_range(refusals, 20, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_plain, setup),
		cmocka_unit_test_setup(test_no_cmdline, setup),
		cmocka_unit_test_setup(test_header, setup),
		cmocka_unit_test_setup(test_map_pointer, setup),
		cmocka_unit_test_setup(test_map_count, setup),
		cmocka_unit_test_setup(test_map_wrap, setup),
		cmocka_unit_test_setup(test_cmdline_limit, setup),
		cmocka_unit_test_setup(test_cmdline_pointer, setup),
		cmocka_unit_test_setup(test_module, setup),
		cmocka_unit_test_setup(test_module_bad, setup),
		cmocka_unit_test_setup(test_module_count, setup),
		cmocka_unit_test_setup(test_seed, setup),
		cmocka_unit_test_setup(test_seed_bad, setup),
		cmocka_unit_test_setup(test_any_byte, setup),
	};

	return cmocka_run_group_tests_name("kvmplat-pvh", tests, NULL, NULL);
}
