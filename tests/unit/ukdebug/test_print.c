/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/image.h>
#include <uk/print.h>
#include "host.h"
#include "level.h"

static int setup(void **st)
{
	(void)st;
	console_clear();
	return uk_print_levels_parse("info", true);
}

static void lines_have_level_and_library(void **st)
{
	(void)st;
	uk_pr_crit("a %d\n", 1);
	uk_pr_err("b\n");
	uk_pr_warn("c\n");
	uk_pr_info("%s\n", "d");
	uk_pr_debug("e\n");
	uk_print("ukalloc", UK_PRINT_INFO, "%u%%\n", 7u);
	uk_print("ukalloc", (enum uk_print_level)17, "no level\n");
	uk_print_raw("raw %c\n", '!');
	assert_string_equal(console,
		"Crit: " __LIBNAME__ ": a 1\n"
		"Error: " __LIBNAME__ ": b\n"
		"Warning: " __LIBNAME__ ": c\n"
		"Info: " __LIBNAME__ ": d\n"
		"Info: ukalloc: 7%\n"
		"raw !\n");
}

static void long_lines_are_whole(void **st)
{
	char want[1100];

	(void)st;
	for (size_t len = 0; len < 1000; len += 37) {
		console_clear();
		uk_print_raw("%*s|%s|\n", (int)len, "x", "");
		snprintf(want, sizeof(want), "%*s||\n", (int)len, "x");
		assert_string_equal(console, want);
	}
}

static bool shown(const char *lib, enum uk_print_level lvl)
{
	console_clear();
	uk_print(lib, lvl, "x");
	assert_int_equal(uk_print_enabled(lib, lvl), console[0] != '\0');
	return console[0];
}

static void levels_by_library(void **st)
{
	(void)st;
	assert_int_equal(uk_print_levels_parse(
		"warn,ukalloc:debug,netdev:none", true), 0);
	assert_true(shown("x", UK_PRINT_WARN));
	assert_false(shown("x", UK_PRINT_INFO));
	assert_true(shown("ukalloc", UK_PRINT_DEBUG));
	assert_false(shown("ukallo", UK_PRINT_DEBUG));
	assert_false(shown("netdev", UK_PRINT_CRIT));
	/* A new text replaces all of the old one's exceptions. */
	assert_int_equal(uk_print_levels_parse("none", true), 0);
	assert_false(shown("ukalloc", UK_PRINT_CRIT));
	assert_int_equal(uk_print_levels_parse("ukalloc:crit", true), 0);
	assert_true(shown("ukalloc", UK_PRINT_CRIT));
	assert_false(shown("ukalloc", UK_PRINT_ERR));
	assert_int_equal(uk_print_levels_parse("debug", false), 0);
	assert_false(shown("x", UK_PRINT_CRIT));
}

static void levels_refused(void **st)
{
	static const struct {
		const char *spec;
		int rc;
	} bad[] = {
		{ "", -EINVAL }, { "loud", -EINVAL }, { "Info", -EINVAL },
		{ "info,", -EINVAL }, { ",info", -EINVAL },
		{ ":info", -EINVAL }, { "a:", -EINVAL }, { "a:b", -EINVAL },
		{ "a:info:info", -EINVAL },
		{ "a23456789012345678901234:info", -EINVAL },
		{ "a:info,b:info,c:info,d:info,e:info,f:info,g:info,h:info,"
		  "i:info", -E2BIG },
	};

	(void)st;
	for (size_t i = 0; i < UK_ARRAY_SIZE(bad); i++)
		assert_int_equal(uk_print_levels_parse(bad[i].spec, false),
				 bad[i].rc);
	assert_true(shown("a", UK_PRINT_INFO));
	assert_false(shown("a", UK_PRINT_DEBUG));
	assert_int_equal(uk_print_levels_parse(
		"a2345678901234567890123:info", false), 0);
}

/* The image's base and what lies elsewhere must not be told. */
static void pointers_tell_no_address(void **st)
{
	int heap[2];
	char raw[32], a[64], b[64];

	(void)st;
	uk_print_raw("%p %p", (void *)uk_image_start,
		     (void *)(uk_image_start + 0x1234));
	assert_string_equal(console, "image+0x0 image+0x1234");
	console_clear();
	uk_print_raw("%p|%p|%10p|", NULL, (void *)0xffff, (void *)0x10);
	assert_string_equal(console, "0x0|0xffff|      0x10|");

	host_entropy = true;
	snprintf(raw, sizeof(raw), "%lx", (unsigned long)(uintptr_t)heap);
	console_clear();
	uk_print_raw("%p", (void *)heap);
	strcpy(a, console);
	assert_int_equal(strlen(a), strlen("ptr:01234567"));
	assert_int_equal(strncmp(a, "ptr:", 4), 0);
	assert_null(strstr(raw, a + 4));
	console_clear();
	uk_print_raw("%p", (void *)heap);
	assert_string_equal(console, a);
	console_clear();
	uk_print_raw("%p", (void *)(heap + 1));
	strcpy(b, console);
	assert_string_not_equal(a, b);
	/* Just behind the image. */
	console_clear();
	uk_print_raw("%p", (void *)uk_image_end);
	assert_int_equal(strncmp(console, "ptr:", 4), 0);
}

static void siphash_vector(void **st)
{
	char buf[UK_POINTER_MAX];

	(void)st;
	/* SipHash-2-4 under a key of 0x5a bytes, upper half, by another
	 * implementation. */
	assert_string_equal(uk_pointer_str(0x0123456789abcdef, buf),
			    "ptr:85506239");
}

static void dump(void **st)
{
	char data[19];

	(void)st;
	for (int i = 0; i < 19; i++)
		data[i] = (char)(i < 16 ? 'a' + i : i * 7);
	data[3] = 0;
	data[4] = (char)0xff;
	uk_hexdump(data, 19);
	assert_string_equal(console,
		"00000000  61 62 63 00 ff 66 67 68 69 6a 6b 6c 6d 6e 6f 70  "
		"|abc..fghijklmnop|\n"
		"00000010  70 77 7e                                         "
		"|pw~|\n");
	console_clear();
	uk_hexdump(data, 0);
	assert_string_equal(console, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(lines_have_level_and_library, setup),
		cmocka_unit_test_setup(long_lines_are_whole, setup),
		cmocka_unit_test_setup(levels_by_library, setup),
		cmocka_unit_test_setup(levels_refused, setup),
		cmocka_unit_test_setup(pointers_tell_no_address, setup),
		cmocka_unit_test_setup(siphash_vector, setup),
		cmocka_unit_test_setup(dump, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
