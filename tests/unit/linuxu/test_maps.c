/* SPDX-License-Identifier: BSD-3-Clause */
/* The host's list of mappings: made-up lines, broken ones, and this process's
 * own list against what it has just mapped. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <cmocka.h>
#include <uk/plat.h>
#include "linuxu.h"

static struct linuxu_map got[64];

static size_t feed(const char *text)
{
	struct linuxu_maps p = { .field = 0 };
	size_t n = 0;

	for (; *text; text++)
		if (linuxu_maps_feed(&p, *text))
			got[n++] = p.line;
	return n;
}

static void test_lines(void **state)
{
	(void)state;
	assert_int_equal(feed(
		"00400000-00452000 r-xp 00001000 08:02 173521      /usr/bin/x\n"
		"7ffd000-7ffe000 rw-s 00000000 00:01 42 /memfd:ram (deleted)\n"
		"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [v]\n"
		"10-20 ---p 0 103:fffff 18446744073709551615\n"), 4);
	assert_int_equal(got[0].start, 0x400000);
	assert_int_equal(got[0].end, 0x452000);
	assert_int_equal(got[0].rights, UK_MEM_R | UK_MEM_X);
	assert_int_equal(got[0].offset, 0x1000);
	assert_int_equal(got[0].device, 8ull << 32 | 2);
	assert_int_equal(got[0].inode, 173521);
	assert_int_equal(got[1].rights, UK_MEM_R | UK_MEM_W);
	assert_int_equal(got[1].inode, 42);
	assert_true(got[2].end == 0xffffffffff601000);
	assert_int_equal(got[2].rights, UK_MEM_X);
	assert_int_equal(got[3].rights, 0);
	assert_true(got[3].device == (0x103ull << 32 | 0xfffff));
	assert_true(got[3].inode == UINT64_MAX);
}

static void test_path(void **state)
{
	/* A path may hold anything but a line end, and be long. */
	static char text[9000];

	(void)state;
	memset(text, '-', sizeof(text));
	memcpy(text, "10-20 r--p 0 0:0 1 ", 19);
	strcpy(text + 8000, " 3-4 x\n30-40 -w-p 0 0:0 2\n");
	assert_int_equal(feed(text), 2);
	assert_int_equal(got[0].inode, 1);
	assert_int_equal(got[1].start, 0x30);
	assert_int_equal(got[1].rights, UK_MEM_W);
}

static void test_broken(void **state)
{
	static const char *const bad[] = {
		"\n", "x\n", "10-20\n", "10-20 rw-p\n", "10-20 rw-p 0 0:0\n",
		"20-10 rw-p 0 0:0 0\n", "10-10 rw-p 0 0:0 0\n",
		"10-20 rwzp 0 0:0 0\n", "1g-20 rw-p 0 0:0 0\n",
		"10-20 rw-p 0 0:0 1a\n", "10-20-30 rw-p 0 0:0 0\n",
		"10-11111111111111111 rw-p 0 0:0 0\n",
		"10-20 rw-p 0 0:0 18446744073709551616\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		char text[128];

		assert_int_equal(feed(bad[i]), 0);
		/* And the line behind it is read as ever. */
		snprintf(text, sizeof(text), "%s30-40 r--p 5 1:2 3\n", bad[i]);
		assert_int_equal(feed(text), 1);
		assert_int_equal(got[0].start, 0x30);
		assert_int_equal(got[0].device, 1ull << 32 | 2);
	}
}

static void test_self(void **state)
{
	int fd = memfd_create("ram", 0), c;
	struct linuxu_maps p = { .field = 0 };
	bool seen = false;
	struct stat st;
	FILE *f;
	char *m;

	(void)state;
	assert_true(fd >= 0 && !ftruncate(fd, 1 << 16) && !fstat(fd, &st));
	m = mmap(NULL, 1 << 13, PROT_READ, MAP_SHARED, fd, 1 << 14);
	assert_true(m != MAP_FAILED);
	f = fopen("/proc/self/maps", "r");
	assert_non_null(f);
	while ((c = getc(f)) != EOF) {
		if (!linuxu_maps_feed(&p, (char)c) ||
		    p.line.start != (uintptr_t)m)
			continue;
		seen = true;
		assert_true(p.line.end == (uintptr_t)m + (1 << 13));
		assert_int_equal(p.line.rights, UK_MEM_R);
		assert_int_equal(p.line.offset, 1 << 14);
		assert_true(p.line.inode == st.st_ino);
		assert_true(p.line.device == ((uint64_t)major(st.st_dev) << 32 |
					      minor(st.st_dev)));
	}
	fclose(f);
	assert_true(seen);
	munmap(m, 1 << 13);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_self),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
