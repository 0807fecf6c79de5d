/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers from text, against the host's: value, end and errno. */
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host.h"

NL(strtol); NL(strtoll); NL(strtoul); NL(strtoull); NL(strtoimax);
NL(strtoumax); NL(atoi); NL(atol); NL(atoll); NL(strtod); NL(strtof);
NL(strtold); NL(atof); NL(abs); NL(labs); NL(llabs); NL(imaxabs); NL(div);
NL(ldiv); NL(lldiv); NL(imaxdiv);

static char text[40000];

#define SAME(func, same, ...)						\
	do {								\
		char *a = NULL, *b = NULL;				\
		errno = nl_errno = 0;					\
		__auto_type x = nl_##func(text, &a __VA_ARGS__);	\
		__auto_type y = func(text, &b __VA_ARGS__);		\
		if (!(same) || a != b || nl_errno != errno)		\
			fail_msg(#func "(\"%.200s\") ends at %d, errno %d; " \
				 "wanted %d, %d", text, (int)(a - text), \
				 nl_errno, (int)(b - text), errno);	\
	} while (0)
#define SAME_INT(func, base) SAME(func, x == y, , base)
#define BITS(v, n) (__extension__ ({					\
	char _b[16] = { 0 }; memcpy(_b, &(v), n); *(unsigned __int128 *)_b; }))
#define SAME_REAL(func, n)						\
	SAME(func, (isnan(x) && isnan(y) &&				\
		    signbit(x) == signbit(y)) ||			\
	     BITS(x, n) == BITS(y, n))

static void integers_of(int base)
{
	if (base < 0 || base == 1 || base > 36) {
		/* The sanitizer's own strtol leaves rubbish in *end. */
		nl_errno = 0;
		assert_int_equal(nl_strtol(text, NULL, base), 0);
		assert_int_equal(nl_errno, EINVAL);
		return;
	}
	SAME_INT(strtol, base);
	SAME_INT(strtoll, base);
	SAME_INT(strtoul, base);
	SAME_INT(strtoull, base);
	SAME_INT(strtoimax, base);
	SAME_INT(strtoumax, base);
}

static void integers(void **state)
{
	static const char *const fixed[] = {
		"", "0", "-", "+", "0x", "0xg", "-0x1", "08", "0b1",
		" \t\n\v\f\r7",
		"--1", "+-1", "9223372036854775807", "9223372036854775808",
		"-9223372036854775808", "-9223372036854775809",
		"18446744073709551615", "18446744073709551616",
		"-18446744073709551615", "-18446744073709551616",
		"99999999999999999999999999", "0x7fffffffffffffff", "zz", "ZZ",
		"0X1F", "00", "0x0x", "\xff" "1", "1\xff",
	};
	static const int bases[] = { 0, 8, 10, 16, 2, 36, 1, -1, 37, 11 };
	static const char set[] = "0123456789abcxXzZ+- ";
	unsigned int i, j, n;

	(void)state;
	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		for (j = 0; j < sizeof(bases) / sizeof(bases[0]); j++) {
			strcpy(text, fixed[i]);
			integers_of(bases[j]);
		}
	for (i = 0; i < 60000; i++) {
		n = host_below(26);
		for (j = 0; j < n; j++)
			text[j] = host_below(3) ? (char)('0' + host_below(10)) :
				set[host_below(sizeof(set) - 1)];
		text[n] = 0;
		integers_of(bases[host_below(10)]);
	}
	for (i = 0; i < 20000; i++) {
		sprintf(text, "%" PRId64, (int64_t)host_random() >>
			host_below(64));
		integers_of(0);
		assert_int_equal(nl_atoi(text), atoi(text));
		assert_int_equal(nl_atol(text), atol(text));
		assert_int_equal(nl_atoll(text), atoll(text));
	}
}

static void reals_of_text(void)
{
	SAME_REAL(strtof, 4);
	SAME_REAL(strtod, 8);
	SAME_REAL(strtold, 10);
}

static void forms(void **state)
{
	static const char *const fixed[] = {
		"", ".", "-.", "+", "0", "-0", "0.", ".0", "-.0e5", "1", "1.",
		".1", "1e", "1e+", "1e-", "1e5", "1E-5x", "1e5.5", "1..2",
		" \t\n1.5", "inf", "INF", "-infinity", "infinit", "InFiNiTyx",
		"nan", "-NAN", "nan()", "nan(12ab_)x", "nan(", "nan(a-)", "na",
		"0x", "0x.", "0x.p1", "0xg", "0x1", "0x1p", "0x1p+", "0x1p4",
		"0X1.8P-2", "0x.8", "0x8.", "0x1.fffffffffffff8p0",
		"0x1.fffffffffffff7p0", "0x1.fffffffffffff80000000000001p0",
		"0x1.00000000000008p0", "0x1.00000000000018p0",
		"0x1.0000000000000800000000000000000000000001p0",
		"0x1p-1074", "0x1p-1075", "0x1.0001p-1075", "0x1p-1076",
		"0x1p1023", "0x1p1024", "0x1.fffffffffffff8p1023",
		"0x1.fffffffffffff7p1023", "0x1p-16445", "0x1p-16446",
		"0x1.8p-16446", "0x1p16383", "0x1p16384", "0x1p-149",
		"0x1p-150", "0x1.1p-150", "0x0p99999999999999999999",
		"0x1p99999999999999999999", "0x1p-99999999999999999999",
		"1e99999999999999999999", "1e-99999999999999999999",
		"0e99999999999999999999", "1e308", "1e309",
		"1.7976931348623157e308",
		"1.7976931348623158e308", "1.7976931348623159e308",
		"179769313486231580793728971405303415079934132710037826936173"
		"778980444968292764750946649017977587207096330286416692887910"
		"946555547851940402630657488671505820681908902000708383676273"
		"854845817711531764475730270069855571366959622842914819860834"
		"936475292719074168444365510704342711559699508093042880",
		"4.9e-324", "2.4703282292062327e-324",
		"2.4703282292062328e-324",
		"2.5e-324", "2e-324", "2.2250738585072014e-308",
		"2.2250738585072011e-308", "2.2250738585072009e-308",
		"1e4932", "1.18973149535723176502e4932", "1.2e4932", "1e4933",
		"3.6e-4951", "1.8e-4951", "1.9e-4951", "1e-4951", "1e-4952",
		"3.4028235e38", "3.4028236e38", "1e-45", "7e-46", "1e23",
		"9007199254740993", "9007199254740992.99999999999999999999999",
		"0.1", "0.3", "123456789012345678901234567890", "8.5e-1",
		"1_000", "1,5", "0001", "00x1", "1e0001", "1e-0001", "+-1",
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		strcpy(text, fixed[i]);
		reals_of_text();
	}
	/* An exponent that takes back a long row of zeroes */
	strcpy(text, "0.");
	memset(text + 2, '0', 30000);
	strcpy(text + 30002, "123e30000");
	reals_of_text();
	text[0] = '7';
	memset(text + 1, '0', 30000);
	strcpy(text + 30001, "e-30000");
	reals_of_text();
	strcpy(text, "0.5");
	assert_true(nl_atof(text) == 0.5);
}

static void random_digits(void **state)
{
	char *p;
	unsigned int i, n;

	(void)state;
	for (i = 0; i < 60000; i++) {
		p = text;
		if (host_below(4) == 0)
			*p++ = "+- "[host_below(3)];
		for (n = host_below(host_below(32) ? 22 : 900); n; n--)
			*p++ = (char)('0' + host_below(10));
		if (host_below(2)) {
			*p++ = '.';
			for (n = host_below(30); n; n--)
				*p++ = (char)('0' + host_below(10));
		}
		if (host_below(2))
			p += sprintf(p, "e%d", host_below(16) ?
				     (int)host_below(80) - 40 :
				     (int)host_below(700) - 350);
		strcpy(p, host_below(8) ? "" : "x");
		reals_of_text();
	}
	for (i = 0; i < 20000; i++) {
		p = text + sprintf(text, "0x");
		for (n = host_below(36); n; n--)
			*p++ = "0123456789abcdefABCDEF."[host_below(23)];
		sprintf(p, "p%d", (int)host_below(2400) - 1200);
		reals_of_text();
	}
}

/* Every digit of a value, and it read back */
static void round_trips(void **state)
{
	uint64_t bits;
	double d;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		bits = host_random();
		memcpy(&d, &bits, sizeof(d));
		sprintf(text, "%.*e", 10 + (int)host_below(12), d);
		reals_of_text();
		if (i % 20 == 0) {
			sprintf(text, "%.*e", (int)host_below(1100), d);
			reals_of_text();
		}
	}
}

/* text = (text + other) / 2; other may have one zero more in front */
static void middle(const char *other)
{
	size_t n = strlen(text), i;
	int carry = 0, sum;

	other += strlen(other) - n;
	for (i = n; i--;) {
		if (text[i] == '.')
			continue;
		sum = text[i] - '0' + other[i] - '0' + carry;
		text[i] = (char)('0' + sum % 10);
		carry = sum / 10;
	}
	for (i = 0; i < n; i++) {
		if (text[i] == '.')
			continue;
		sum = carry * 10 + text[i] - '0';
		text[i] = (char)('0' + sum / 2);
		carry = sum % 2;
	}
	assert_int_equal(carry, 0);
}

/* Just below the middle of two neighbours, the middle, and just above. */
static void round_the_middle(void)
{
	size_t n = strlen(text), i;

	reals_of_text();
	strcpy(text + n, "0000000000000000000000000000000000000000000000001");
	reals_of_text();
	text[n] = 0;
	for (i = n - 1; text[i] == '0' || text[i] == '.'; i--)
		if (text[i] == '0')
			text[i] = '9';
	text[i]--;
	strcat(text, "99999999999999999");
	reals_of_text();
}

static void middles(void **state)
{
	static char other[40000];
	union { uint64_t bits; double v; } d;
	union { uint32_t bits; float v; } f;
	long double l;
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		f.bits = (uint32_t)(host_random() >> 33) % 0x7f7fffffu;
		sprintf(text, "0%.160f", f.v);
		sprintf(other, "0%.160f", nextafterf(f.v, INFINITY));
		middle(other);
		round_the_middle();

		d.bits = (host_random() >> 1) % 0x7fefffffffffffffull;
		if (i % 8 == 0)
			d.bits >>= 12 + host_below(50);
		sprintf(text, "0%.1080f", d.v);
		sprintf(other, "0%.1080f", nextafter(d.v, INFINITY));
		middle(other);
		round_the_middle();

		l = ldexpl((long double)(host_random() | 1ull << 63),
			   (int)host_below(500) - 300);
		sprintf(text, "0%.320Lf", l);
		sprintf(other, "0%.320Lf", nextafterl(l, INFINITY));
		middle(other);
		round_the_middle();
	}
	/* The smallest of all */
	sprintf(text, "%.16446Lf", 0.0L);
	sprintf(other, "%.16446Lf", LDBL_TRUE_MIN);
	middle(other);
	round_the_middle();
}

static void arithmetic(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		int64_t a = (int64_t)host_random() >> host_below(64);
		int64_t b = ((int64_t)host_random() >> host_below(62)) | 1;

		assert_int_equal(nl_div((int)a, (int)b | 1).rem,
				 div((int)a, (int)b | 1).rem);
		assert_int_equal(nl_div((int)a, (int)b | 1).quot,
				 div((int)a, (int)b | 1).quot);
		assert_true(nl_ldiv(a, b).quot == a / b);
		assert_true(nl_ldiv(a, b).rem == a % b);
		assert_true(nl_lldiv(a, b).quot == a / b);
		assert_true(nl_lldiv(a, b).rem == a % b);
		assert_true(nl_imaxdiv(a, b).quot == a / b);
		assert_true(nl_imaxdiv(a, b).rem == a % b);
		assert_true(nl_abs((int)(a >> 33)) == abs((int)(a >> 33)));
		assert_true(nl_labs(a) == labs(a));
		assert_true(nl_llabs(a) == llabs(a));
		assert_true(nl_imaxabs(a) == imaxabs(a));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(forms),
		cmocka_unit_test(random_digits),
		cmocka_unit_test(round_trips),
		cmocka_unit_test(middles),
		cmocka_unit_test(arithmetic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
