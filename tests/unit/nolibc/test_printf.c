/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * nolibc's printf against the host's: some 250,000 formats and values, made
 * the same way in each run. What C leaves undefined is not made.
 */
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host.h"
#include "print.h"

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
	for (i = 0; i < 100000; i++) {
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
	for (i = 0; i < 20000; i++) {
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
	for (i = 0; i < 80000; i++) {
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
	for (i = 0; i < 8000; i++) {
		int max_prec = host_below(64) ? 25 : 5000;

		conv[1] = "aAeEfFgG"[host_below(8)];
		make_format(fmt, flags_for(conv[1]), max_prec, conv, &stars);
		CHECK_STARS(fmt, stars, long_number());
	}
	CHECK("%Lf %.17000Lf", LDBL_MAX, LDBL_TRUE_MIN);
	CHECK("%.12000Le", nextafterl(LDBL_MIN, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(texts),
		cmocka_unit_test(doubles),
		cmocka_unit_test(alternate),
		cmocka_unit_test(long_doubles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
