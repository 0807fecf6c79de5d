/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sscanf against the host's. Where the host departs from C (it takes "1e+" and
 * "0x" for numbers), what C says is written down here.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host.h"

NL(sscanf); NL(scanf);

/* Three targets of 40 bytes each, filled with a mark, for both. */
union target { char c[40]; long double ld; void *p; };
static union target mine[3], theirs[3];

static void clear(void)
{
	memset(mine, 0x55, sizeof(mine));
	memset(theirs, 0x55, sizeof(theirs));
}

static void check(const char *in, const char *fmt)
{
	int n, m;

	clear();
	n = nl_sscanf(in, fmt, &mine[0], &mine[1], &mine[2]);
	m = sscanf(in, fmt, &theirs[0], &theirs[1], &theirs[2]);
	if (n != m || memcmp(mine, theirs, sizeof(mine)))
		fail_msg("sscanf(\"%s\", \"%s\"): %d \"%.8s\", wanted %d "
			 "\"%.8s\"", in, fmt, n, mine[0].c, m, theirs[0].c);
}

static void integers(void **state)
{
	static const char *const in[] = {
		"", " ", "0", "7", "-7", "+7", "--7", "- 7", "08", "0x1f",
		"0X1F",
		"-0x10", "00x1", "1f", "ff", "0x", "123456789012",
		"9223372036854775807", "9223372036854775808",
		"-9223372036854775808", "18446744073709551615",
		"99999999999999999999", "4294967295", "4294967296", "12abc",
		"\t\n 5", "abc", "12 34 56", "12,34", "1-2", "377", "389",
	};
	static const char *const fmt[] = {
		"%d%n", "%i%n", "%u%n", "%x%n", "%X%n", "%o%n", "%hhd%n",
		"%hd%n", "%ld%n", "%lld%n", "%jd%n", "%zd%n", "%td%n", "%lu%n",
		"%llx%n", "%1d%n", "%2d%d%n", "%3i%n", "%*d%d%n", "%d %d %d",
		"%d,%d", "%d%*c%d", " %d", "%p%n", "%hhn%d", "%ln%d", "%2x%3x",
		"%*5d%n", "%d%%", "x%d", "%d%c%d", "%Ld",
		"%d\t%d", "%d\n,%d", "\v%d",
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(in) / sizeof(in[0]); i++)
		for (j = 0; j < sizeof(fmt) / sizeof(fmt[0]); j++) {
			/* A prefix alone is a number to the host only. */
			if (strcasestr(in[i], "0x") &&
			    (strpbrk(fmt[j], "123") || !in[i][2]))
				continue;
			check(in[i], fmt[j]);
		}
}

static void texts(void **state)
{
	static const char *const in[] = {
		"", " ", "a", "abc", "  abc def", "abc]x", "a-b", "^a",
		"123abc",
		"abcabcabcabcabc", "\xc3\xa9t", "a\tb", "b]a", "%", "%%", " %a",
		"ABC",
	};
	static const char *const fmt[] = {
		"%s%n", "%3s%s%n", "%*s%s", "%c%n", "%3c%n", "%c%c%c", " %c",
		"%[abc]%n", "%[^abc]%n", "%[]abc]%n", "%[^]abc]%n", "%[a-c]%n",
		"%[a-]%n", "%[-a]%n", "%2[a-z]%2[a-z]%n", "%*[a-c]%s", "%[^\n]",
		"%%%c", "abc%n", "a%nb%n", "%s %s %s", "%[a-cA-C0-9]%s", "%5c",
		"%[%]%n", "%[^^]%n", "%[^-]%n", "%1s%n", "%39s",
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(in) / sizeof(in[0]); i++)
		for (j = 0; j < sizeof(fmt) / sizeof(fmt[0]); j++)
			check(in[i], fmt[j]);
}

static void reals(void **state)
{
	static const char *const in[] = {
		"0", "1.5", "-1.5e3", ".5", "5.", "1e5x", "inf", "-INFINITY",
		"nan", "infx", "0x1.8p3", "0x1p-3z", "1.5.5", "1,5",
		"abc", ".", "+", "", " 7", "1e400", "1e-400", "0.1 0.2 0.3",
		"123456789012345678901234567890123456789012345678901234567890",
		"infi", "na", "-", "0x.8",
	};
	static const char *const fmt[] = {
		"%f%n", "%lf%n", "%Lf%n", "%e%n", "%g%n", "%a%n", "%E%n",
		"%lG%n",
		"%3f%f", "%1lf%n", "%*f%f", "%f %f %f", "%5Lf%n", "%F%n",
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(in) / sizeof(in[0]); i++)
		for (j = 0; j < sizeof(fmt) / sizeof(fmt[0]); j++) {
			/* "1e" and "0x": see c_says */
			if (strpbrk(fmt[j], "135") && strpbrk(in[i], "ex"))
				continue;
			check(in[i], fmt[j]);
		}
}

/* Random texts and formats that fit together more often than not */
static void random_cases(void **state)
{
	static const char *const pieces[] = {
		"%d", "%u", "%s", "%x", "%c", "%hd", "%ld", "%[0-9a]", "%lf",
		"%o",
	};
	char in[64], fmt[64];
	int i;

	(void)state;
	for (i = 0; i < 60000; i++) {
		unsigned int j, n = host_below(20);

		for (j = 0; j < n; j++)
			in[j] = "0123456789 -.,ab\n"[host_below(17)];
		in[n] = 0;
		sprintf(fmt, "%s%s%s%s%s", pieces[host_below(10)],
			host_below(2) ? " " : "", pieces[host_below(10)],
			host_below(3) ? "" : ",", pieces[host_below(10)]);
		check(in, fmt);
	}
}

static void c_says(void **state)
{
	static const char *const bad[] = {
		"1e", "1e+", "1e+x", "0x", "0x.", "0xg", "0x1p", "nan(",
		"nan(a-",
		"infin", "-.e5", "+nax",
	};
	static const char *const refused[] = {
		"%y", "%", "%[5", "%0d", "%-3d", "%99999999999d", "%.5d",
		"%*md", "%1$d", "%md", "%l[a]",
	};
	unsigned int v = 77, i;
	float f = 77;
	int n = 77;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(nl_sscanf(bad[i], "%f", &f), 0);
		assert_true(f == 77);
	}
	assert_int_equal(nl_sscanf("nan(1a_)5", "%f%n", &f, &n), 1);
	assert_true(isnan(f) && n == 8);
	assert_int_equal(nl_sscanf("0x", "%x", &v), 0);
	assert_int_equal(nl_sscanf("0xg", "%i", &v), 0);
	assert_int_equal(nl_sscanf("0x1", "%2i", &v), 0);
	assert_int_equal(v, 77);
	assert_int_equal(nl_sscanf("0x1", "%3i%n", &v, &n), 1);
	assert_int_equal(v, 1);
	assert_int_equal(n, 3);
	assert_int_equal(nl_sscanf("0x1f", "%3x%n", &v, &n), 1);
	assert_int_equal(v, 1);
	assert_int_equal(nl_sscanf("1e5", "%2f", &f), 0);
	/* not even looked at */
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		assert_int_equal(nl_sscanf("5", refused[i], &v), 0);
	assert_int_equal(v, 1);
}

static void allocated(void **state)
{
	char *p, *q, *r;
	wchar_t *w;

	(void)state;
	assert_int_equal(nl_sscanf("a12345678901234567890 bcd efg",
				   "%ms %m[b-z] %3mc", &p, &q, &r), 3);
	assert_string_equal(p, "a12345678901234567890");
	assert_string_equal(q, "bcd");
	assert_memory_equal(r, "efg", 3);
	free(p);
	free(q);
	free(r);
	assert_int_equal(nl_sscanf("x", "%m[a]", &p), 0);
	assert_null(p);
	assert_int_equal(nl_sscanf("g\xc3\xa4hn", "%mls", &w), 1);
	assert_true(w[0] == 'g' && w[1] == 0xe4 && w[3] == 'n' && !w[4]);
	free(w);
	host_alloc_fail = 1;
	assert_int_equal(nl_sscanf("abc", "%ms", &p), EOF);
	assert_null(p);
}

static void wide(void **state)
{
	wchar_t w[8] = { 0 };

	(void)state;
	assert_int_equal(nl_sscanf(" \xe2\x82\xac" "5 rest", "%ls", w), 1);
	assert_true(w[0] == 0x20ac && w[1] == '5' && w[2] == 0);
	assert_int_equal(nl_sscanf("\xf0\x9f\x98\x80z", "%lc", w), 1);
	assert_true(w[0] == 0x1f600 && w[1] == '5');
	assert_int_equal(nl_sscanf("ab", "%2lc", w), 1);
	assert_true(w[0] == 'a' && w[1] == 'b');
	assert_int_equal(nl_sscanf("\xc3", "%ls", w), EOF);
	assert_int_equal(nl_sscanf("\x80z", "%ls", w), EOF);
}

static void stream(void **state)
{
	char word[8], c;
	double d;
	int v, n;

	(void)state;
	host_console_type("12 abc 1.5e3,0x1p4 7\r\nz\x04");
	assert_int_equal(nl_scanf("%d %7s%lf", &v, word, &d), 3);
	assert_int_equal(v, 12);
	assert_string_equal(word, "abc");
	assert_true(d == 1500);
	assert_int_equal(nl_scanf(",%lf%n", &d, &n), 1);
	assert_true(d == 16);
	assert_int_equal(n, 6);
	assert_int_equal(nl_scanf("%d%c", &v, &c), 2);
	assert_int_equal(c, '\n');
	assert_int_equal(nl_scanf("%d", &v), 0);
	assert_int_equal(nl_scanf("%c", &c), 1);
	assert_int_equal(c, 'z');
	assert_int_equal(nl_scanf("%d", &v), EOF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(texts),
		cmocka_unit_test(reals),
		cmocka_unit_test(random_cases),
		cmocka_unit_test(c_says),
		cmocka_unit_test(allocated),
		cmocka_unit_test(wide),
		cmocka_unit_test(stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
