/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * nolibc's printf against the host's: some 300,000 formats and values, made
 * the same way in each run. What C leaves undefined is not made.
 */
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "host.h"

NL(snprintf);
NL(vsnprintf);
NL(sprintf);
NL(asprintf);
NL(printf);
NL(dprintf);
NL(fprintf);

#define BIG 24000
static char mine[BIG], theirs[BIG];

static void same(const char *fmt, int n, int m, size_t size)
{
	if (n == m && !strcmp(mine, theirs))
		return;
	fail_msg("%s (size %zu): \"%.300s\" %d, wanted \"%.300s\" %d", fmt,
		 size, mine, n, theirs, m);
}

/* One case; sometimes the buffer is too short, and must stay untouched
 * behind its end. */
#define CHECK(fmt, ...)							\
	do {								\
		size_t size = host_below(16) ? BIG : host_below(24);	\
		if (size < BIG)						\
			mine[size] = '\001';				\
		int n = nl_snprintf(size ? mine : NULL, size, fmt,	\
				    __VA_ARGS__);			\
		int m = snprintf(size ? theirs : NULL, size, fmt,	\
				 __VA_ARGS__);				\
		if (size < BIG)						\
			assert_int_equal(mine[size], '\001');		\
		if (!size)						\
			mine[0] = theirs[0] = 0;			\
		same(fmt, n, m, size);					\
	} while (0)

static const char *pick(const char *const *list, size_t n)
{
	return list[host_below((unsigned int)n)];
}
#define PICK(...)							\
	pick((const char *const[]){ __VA_ARGS__ },			\
	     sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* A format with the flags out of `flags`; *stars: how many * it has. */
static void make_format(char *fmt, const char *flags, int max_prec,
			const char *conv, int *stars)
{
	size_t n_flags = strlen(flags);
	char *p = fmt;
	unsigned int i;

	*stars = 0;
	p += sprintf(p, "%s%%", PICK("", "", "<", "%%", "ab c"));
	for (i = host_below(4); i; i--)
		*p++ = flags[host_below((unsigned int)n_flags)];
	switch (host_below(4)) {
	case 0:
		*p++ = '*';
		*stars |= 1;
		break;
	case 1: case 2:
		p += sprintf(p, "%u", 1 + host_below(40));
		break;
	}
	if (max_prec && host_below(2)) {
		*p++ = '.';
		switch (host_below(5)) {
		case 0:
			*p++ = '*';
			*stars |= 2;
			break;
		case 1:
			break;
		default:
			p += sprintf(p, "%u",
				     host_below((unsigned int)max_prec));
		}
	}
	sprintf(p, "%s%s", conv, PICK("", ">", "%%", "x\n"));
}

static int star(void)
{
	return (int)host_below(50) - 25;
}

#define CHECK_STARS(fmt, stars, v)					\
	do {								\
		__auto_type value = (v);				\
		int a = star(), b = star();				\
		switch (stars) {					\
		case 0: CHECK(fmt, value); break;			\
		case 1: CHECK(fmt, a, value); break;			\
		case 2: CHECK(fmt, b, value); break;			\
		case 3: CHECK(fmt, a, b, value); break;			\
		}							\
	} while (0)

static uint64_t integer(void)
{
	static const uint64_t edge[] = {
		0, 1, 7, 8, 9, 10, 99, 100, 127, 128, 255, 256, 32767, 32768,
		65535, 65536, INT_MAX, INT_MAX + 1u, UINT_MAX, LLONG_MAX,
		LLONG_MAX + 1ull, ULLONG_MAX, 1000000000, 10000000000ull,
	};

	switch (host_below(3)) {
	case 0:
		return edge[host_below(sizeof(edge) / sizeof(edge[0]))];
	case 1:
		return host_random() >> host_below(64);
	}
	return -(host_random() >> host_below(64));
}

static void integers(void **state)
{
	char fmt[64], conv[8];
	int i, stars;

	(void)state;
	for (i = 0; i < 150000; i++) {
		const char *len = PICK("", "", "hh", "h", "l", "ll", "j", "z",
				       "t");
		char letter = "diuoxX"[host_below(6)];
		uint64_t v = integer();

		sprintf(conv, "%s%c", len, letter);
		make_format(fmt, strchr("oxX", letter) ? "-0#" :
			    letter == 'u' ? "-0" : "-+ 0", 30, conv, &stars);
		if (strchr("h", *len))	/* also the empty one */
			CHECK_STARS(fmt, stars, (int)v);
		else
			CHECK_STARS(fmt, stars, v);
	}
}

static void texts(void **state)
{
	static const char *const s[] = {
		"", "a", "abc", "Hello, world", "0123456789012345678901234567",
		NULL,
	};
	char fmt[64];
	int i, stars;

	(void)state;
	for (i = 0; i < 30000; i++) {
		make_format(fmt, "-", 12, "s", &stars);
		CHECK_STARS(fmt, stars, s[host_below(6)]);
		make_format(fmt, "-", 0, "c", &stars);
		CHECK_STARS(fmt, stars, (int)host_below(255) + 1);
		make_format(fmt, "-", 0, "p", &stars);
		CHECK_STARS(fmt, stars, host_below(4) ?
			    (void *)(uintptr_t)host_random() : NULL);
	}
	/* A string without an end is read no further than the precision. */
	CHECK("%.3s|%-5.2s|", (char[]){ 'a', 'b', 'c' }, (char[]){ 'd', 'e' });
	CHECK("%c%c", 0, 'x');
}

static double from_bits(uint64_t bits)
{
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static double number(void)
{
	static const double edge[] = {
		0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 0.25, 0.125, 9.5, 99.5,
		999999.5, 9999995.0, 0.1, 0.2, 0.3, 1e-4, 1e-5, 9.9999e-5,
		123456.0, 1e6, 999999.0, 1e15, 1e16, 1e17, 1e22, 1e23, 5e-324,
		DBL_MIN, DBL_MAX, -DBL_MAX, DBL_EPSILON, INFINITY, -INFINITY,
		NAN, 0x1.fffffffffffffp0, 0x1.8p0, 0x1.08p0, 0x1.18p0,
		9007199254740993.0, 4503599627370497.5, 2251799813685248.25,
	};

	switch (host_below(8)) {
	case 0:
		return edge[host_below(sizeof(edge) / sizeof(edge[0]))];
	case 1:		/* any value at all, NaNs with both signs too */
		return from_bits(host_random());
	case 2:		/* subnormal */
		return from_bits((host_random() >> (12 + host_below(52))) |
				 (host_random() & 1ull << 63));
	case 3:		/* ties in decimal */
		return (double)(int)(host_below(20001) - 10000) / 8;
	case 4:
		return (double)(int64_t)(host_random() >> host_below(64));
	case 5:		/* just about a power of ten */
		return nextafter(pow(10, (int)host_below(40) - 20),
				 host_below(2) ? 0 : INFINITY);
	case 6:
		return ldexp((double)host_below(100), -(int)host_below(60));
	}
	return (double)(int64_t)host_random() / (double)(host_random() >> 20);
}

/* The host (glibc 2.36) drops zeroes that %#g must keep where a number is
 * rounded up to a power of ten: see alternate(). */
static const char *flags_for(char conv)
{
	return conv == 'g' || conv == 'G' ? "-+ 0" : "-+ 0#";
}

/* %#g is what C defines it by: e or f, as the exponent says. */
static void alternate(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		int p = (int)host_below(20), digits = p ? p : 1, e;
		double v = number();

		if (!isfinite(v))
			continue;
		snprintf(theirs, BIG, "%.*e", digits - 1, v);
		e = atoi(strchr(theirs, 'e') + 1);
		if (e < -4 || e >= digits)
			snprintf(theirs, BIG, "%#.*e", digits - 1, v);
		else
			snprintf(theirs, BIG, "%#.*f", digits - 1 - e, v);
		nl_snprintf(mine, BIG, "%#.*g", p, v);
		assert_string_equal(mine, theirs);
	}
}

static void doubles(void **state)
{
	char fmt[64], conv[2] = "";
	int i, stars;

	(void)state;
	for (i = 0; i < 150000; i++) {
		int max_prec = host_below(64) ? 25 : 1100;

		conv[0] = "aAeEfFgG"[host_below(8)];
		make_format(fmt, flags_for(conv[0]), max_prec, conv, &stars);
		CHECK_STARS(fmt, stars, number());
	}
	for (i = -324; i < 310; i++) {
		CHECK("%.1100g|%.1100f|%.800e", pow(10, i), pow(10, i),
		      pow(10, i));
		CHECK("%.0f %.0e %.1g %#.0f", pow(10, i), pow(10, i),
		      pow(10, i), pow(10, i));
	}
	CHECK("%.5000f|%.5000e|%#.5000g|%.5000g|%.5000a", DBL_TRUE_MIN, M_PI,
	      M_PI, M_PI, M_PI);
}

static long double long_number(void)
{
	union { long double v; struct { uint64_t m; uint16_t e; } x; } u;

	memset(&u, 0, sizeof(u));
	switch (host_below(6)) {
	case 0:
		return number();
	case 1:
		u.x.m = host_random() | 1ull << 63;
		u.x.e = (uint16_t)(16383 - 64 + host_below(128));
		return u.v;
	case 2:		/* subnormal */
		u.x.m = host_random() >> (1 + host_below(63));
		return u.v;
	case 3:
		return (long double)host_random() / 1000;
	case 4:
		return nextafterl(powl(10, (int)host_below(60) - 30),
				  host_below(2) ? 0 : INFINITY);
	}
	u.x.m = host_random() | 1ull << 63;
	u.x.e = (uint16_t)((1 + host_below(32766)) | host_below(2) << 15);
	return u.v;
}

static void long_doubles(void **state)
{
	char fmt[64], conv[3] = "L";
	int i, stars;

	(void)state;
	for (i = 0; i < 20000; i++) {
		int max_prec = host_below(64) ? 25 : 5000;

		conv[1] = "aAeEfFgG"[host_below(8)];
		make_format(fmt, flags_for(conv[1]), max_prec, conv, &stars);
		CHECK_STARS(fmt, stars, long_number());
	}
	CHECK("%Lf %.17000Lf", LDBL_MAX, LDBL_TRUE_MIN);
	CHECK("%.12000Le", nextafterl(LDBL_MIN, 0));
}

static void numbered(void **state)
{
	(void)state;
	CHECK("%2$s %1$s", "a", "b");
	CHECK("%1$d %1$x %1$o", 42);
	CHECK("%2$*1$d|%2$-*1$d|%4$.*3$f", 8, 42, 3, 2.0 / 3);
	CHECK("%3$Lg %2$lld %1$g 100%% %2$#llx", 0.5, -1ll, 3.25L);
	CHECK("%1$s%2$s%3$s%4$s%5$s%6$s%7$s%8$s%9$s%10$c", "a", "b", "c", "d",
	      "e", "f", "g", "h", "i", 'j');
	CHECK("$%d$ costs %s$", 5, "6");
	CHECK("%2$hhd %1$p", (void *)16, 300);
	errno = 0;
}

static void wide(void **state)
{
	const wchar_t *volatile null = NULL;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	CHECK("%ls|%10ls|%-10ls|", L"gr\u00fc\u00df", L"\u20ac", L"\U0001f600");
	CHECK("%lc|%5lc|%-5lc|%lc", (wint_t)L'x', (wint_t)0xe9, (wint_t)0x20ac,
	      (wint_t)0x10ffff);
	CHECK("%.0ls|%.1ls|%.2ls|%.3ls|%.4ls|", L"\u20ac", L"\u20ac",
	      L"\u20ac", L"\u20ac", L"\u20aca");
	CHECK("%ls|%.3ls|%.6ls", null, null, null);
	CHECK("%2$ls %1$lc", (wint_t)0xe9, L"\u00e9t\u00e9");
	nl_errno = 0;
	assert_int_equal(nl_snprintf(mine, BIG, "a%lc", (wint_t)0xd800), -1);
	assert_int_equal(nl_errno, EILSEQ);
	assert_string_equal(mine, "a");
	nl_errno = 0;
	assert_int_equal(nl_snprintf(mine, BIG, "%ls", L"ab\x110000"), -1);
	assert_int_equal(nl_errno, EILSEQ);
	setlocale(LC_CTYPE, "C");
}

static void refuse(int error, const char *before, const char *fmt, ...)
{
	va_list ap;
	int n;

	nl_errno = 0;
	va_start(ap, fmt);
	n = nl_vsnprintf(mine, BIG, fmt, ap);
	va_end(ap);
	assert_int_equal(n, -1);
	assert_int_equal(nl_errno, error);
	assert_string_equal(mine, before);
}

static void refused(void **state)
{
	int target = 7;

	(void)state;
	refuse(EINVAL, "abc", "abc%n", &target);
	refuse(EINVAL, "", "%1$n", &target);
	refuse(EINVAL, "", "%hhn", &target);
	assert_int_equal(target, 7);
	refuse(EINVAL, "1", "%d%", 1);
	refuse(EINVAL, "", "%y", 1);
	refuse(EINVAL, "", "%-08", 1);
	refuse(EINVAL, "", "%l", 1);
	refuse(EINVAL, "", "%Lh", 1);
	refuse(EOVERFLOW, "", "%2147483648d", 1);
	refuse(EOVERFLOW, "", "%.99999999999d", 1);
	refuse(EOVERFLOW, "", "%*d", INT_MIN, 1);
	refuse(EOVERFLOW, "", "%.2147483639f", 1.0);
	/* Mixed, missing, of two types, too many. */
	refuse(EINVAL, "", "%1$d %d", 1, 2);
	refuse(EINVAL, "1 ", "%d %1$d", 1, 2);
	refuse(EINVAL, "", "%2$d", 1, 2);
	refuse(EINVAL, "", "%1$d %1$s", 1);
	refuse(EINVAL, "", "%1$*d", 1, 2);
	refuse(EINVAL, "", "%17$d", 1);
	refuse(EINVAL, "", "%0$d", 1);
}

static void places(void **state)
{
	char *p;

	(void)state;
	assert_int_equal(nl_sprintf(mine, "%s-%d", "x", 5), 3);
	assert_string_equal(mine, "x-5");
	assert_int_equal(nl_asprintf(&p, "%080d", 1), 80);
	assert_int_equal(strlen(p), 80);
	free(p);
	host_alloc_fail = 1;
	assert_int_equal(nl_asprintf(&p, "%d", 1), -1);
	assert_null(p);
	assert_int_equal(nl_errno, ENOMEM);
	/* Lines go out whole. */
	host_console_clear();
	assert_int_equal(nl_printf("%s", "half "), 5);
	assert_string_equal(host_console, "");
	assert_int_equal(nl_printf("line\nand"), 8);
	assert_string_equal(host_console, "half line\nand");
	host_console_clear();
	assert_int_equal(nl_dprintf(2, "%d\n", 7), 2);
	assert_string_equal(host_console, "7\n");
	assert_int_equal(nl_dprintf(3, "x"), -1);
	assert_int_equal(nl_errno, EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(texts),
		cmocka_unit_test(doubles),
		cmocka_unit_test(alternate),
		cmocka_unit_test(long_doubles),
		cmocka_unit_test(numbered),
		cmocka_unit_test(wide),
		cmocka_unit_test(refused),
		cmocka_unit_test(places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
