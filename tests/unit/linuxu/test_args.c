/* SPDX-License-Identifier: BSD-3-Clause */
/* Arguments into a command line that splits into the same words again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/argparse.h>
#include <uk/errno.h>
#include "linuxu.h"

static char line[128];

static void check(const char *want, size_t n, char *const *argv)
{
	memset(line, 'X', sizeof(line));
	assert_int_equal(linuxu_args_join(argv, n, line, sizeof(line)),
			 strlen(want));
	assert_string_equal(line, want);
}

#define JOIN(want, ...)							\
	do {								\
		char *argv[] = { __VA_ARGS__ };				\
		check(want, sizeof(argv) / sizeof(*argv), argv);	\
	} while (0)

static void test_join(void **state)
{
	(void)state;
	check("", 0, NULL);
	JOIN("a", "a");
	JOIN("a.b=1 -- x", "a.b=1", "--", "x");
	JOIN("\"\"", "");
	JOIN("a \"\" b", "a", "", "b");
	JOIN("\"b c\"", "b c");
	JOIN("\"tab\there\" \"new\nline\"", "tab\there", "new\nline");
	JOIN("\"say \\\"a \\\\ b\\\"\"", "say \"a \\ b\"");
	/* As on any boot command line, where there is no blank. */
	JOIN("n='a b' \"B c\"", "n='a", "b'", "\"B", "c\"");
	JOIN("\\--", "\\--");
}

static void test_limit(void **state)
{
	char text[201], *argv[] = { text, "b c" };

	(void)state;
	memset(text, 'a', 200);
	for (size_t n = 0; n < 200; n++) {
		long rc;

		text[200 - n] = '\0';
		memset(line, 'X', sizeof(line));
		rc = linuxu_args_join(argv, 2, line, 100);
		/* text, blank, five characters, NUL */
		assert_int_equal(rc, 206 - n <= 99 ? (long)(206 - n) : -E2BIG);
		assert_int_equal(line[100], 'X');
		if (rc >= 0)
			assert_int_equal(line[rc], '\0');
	}
}

/* Words without quotes and backslashes come out as they went in. */
static void test_round_trip(void **state)
{
	static const char letters[] = "ab \t\n=-.";

	(void)state;
	srandom(3);
	for (int round = 0; round < 5000; round++) {
		char word[6][8], *argv[6], *out[8], text[128];
		size_t n = (size_t)random() % 7, got, i, j;
		struct uk_args_error err;
		long len;

		for (i = 0; i < n; i++) {
			size_t wl = (size_t)random() % 8;

			for (j = 0; j < wl; j++)
				word[i][j] = letters[random() % 8];
			word[i][wl] = '\0';
			argv[i] = word[i];
		}
		len = linuxu_args_join(argv, n, line, sizeof(line));
		assert_true(len >= 0);
		assert_int_equal(uk_args_split(line, (size_t)len, text, out, 8,
					       &got, &err), 0);
		assert_int_equal(got, n);
		for (i = 0; i < n; i++)
			assert_string_equal(out[i], word[i]);
	}
}

static void test_size(void **state)
{
	static const struct {
		const char *text;
		uint64_t bytes;
	} t[] = {
		{ "64", 64ull << 20 }, { "64M", 64ull << 20 },
		{ "64m", 64ull << 20 }, { "1200K", 1200 << 10 },
		{ "2G", 2ull << 30 }, { "1024g", 1ull << 40 },
		{ "1025G", 0 }, { "1048577", 0 }, { "0", 0 }, { "0K", 0 },
		{ "", 0 }, { "M", 0 }, { "-1", 0 }, { "64MB", 0 },
		{ "64 M", 0 }, { " 64M", 0 }, { "0x40", 0 }, { "1.5G", 0 },
		{ "99999999999999999999999999K", 0 },
		{ "18446744073709551617", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++)
		assert_int_equal(linuxu_size_parse(t[i].text), t[i].bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
