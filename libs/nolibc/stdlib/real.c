/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Floating-point numbers from text, to the nearest value, ties to even.
 *
 * Up to 38 digits times a power of ten give 120 bits with a known error. Only
 * if the middle between two neighbours lies within that error, the whole text
 * is compared with the exact digits of this middle.
 */
#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <uk/essentials.h>
#include "decimal.h"
#include "real.h"
#include "text.h"

typedef unsigned __int128 u128;

#define HEAD_DECIMAL 38	/* digits that fit into 128 bits */
#define HEAD_HEX 30	/* and into BITS */
#define BITS 120	/* of a significand here */
#define SLACK (1 << 12)	/* error of a decimal one, see times_power() */
/* Decimal places beyond which every format has overflown or underflown. */
#define PLACE_MAX 5000
#define PLACE_MIN (-5000)

/* The value is about m * 2^e; m has its top bit set. */
struct approx {
	u128 m;
	int e;
};

static struct approx normalise(u128 m, int e)
{
	int up = m >> 64 ? __builtin_clzll((uint64_t)(m >> 64)) :
			   64 + __builtin_clzll((uint64_t)m);

	return (struct approx){ m << up, e - up };
}

/* The product, at most two units of its last place too small. */
static struct approx multiply(struct approx a, struct approx b)
{
	uint64_t ah = (uint64_t)(a.m >> 64), al = (uint64_t)a.m;
	uint64_t bh = (uint64_t)(b.m >> 64), bl = (uint64_t)b.m;
	u128 x = (u128)ah * bl, y = (u128)al * bh;
	u128 middle = (((u128)al * bl) >> 64) + (uint64_t)x + (uint64_t)y;

	return normalise((u128)ah * bh + (x >> 64) + (y >> 64) + (middle >> 64),
			 a.e + b.e + 128);
}

/*
 * a * 10^n for |n| < 8192. Each squaring doubles the relative error of the
 * power and adds 2^-126; after 13 of them it is below 2^-112, and that of the
 * result below 2^-111: 2^9 of BITS bits.
 */
static struct approx times_power(struct approx a, int n)
{
	struct approx power = { (u128)10 << 124, -124 };
	unsigned int left = (unsigned int)(n < 0 ? -n : n);

	if (n < 0) {
		power.m = ((u128)0xcccccccccccccccc << 64) + 0xcccccccccccccccd;
		power.e = -131;
	}
	for (; left; left >>= 1) {
		if (left & 1)
			a = multiply(a, power);
		power = multiply(power, power);
	}
	return a;
}

/* Compare the decimal number t, all of it, with m * 2^e: < 0, 0, > 0. */
UK_NOINLINE static int compare(const struct nolibc_text *t, u128 m, int e)
{
	uint32_t work[NOLIBC_DECIMAL_LDOUBLE], mine, theirs;
	const char *c = t->digits;
	struct nolibc_decimal d;
	int place, i;

	nolibc_decimal_start(&d, work, m, e);
	/* From where the longer of both begins, in whole groups. */
	place = 9 * (int)d.n_whole;
	while (place <= t->place)
		place += 9;
	do {
		theirs = place <= 9 * (int)d.n_whole || place <= 0 ?
			nolibc_decimal_next(&d) : 0;
		mine = 0;
		for (i = 0; i < 9; i++) {
			place--;
			mine *= 10;
			if (place > t->place)
				continue;
			if (c < t->end && *c == '.')
				c++;
			if (c < t->end)
				mine += (uint32_t)(*c++ - '0');
		}
		if (mine != theirs)
			return mine < theirs ? -1 : 1;
	} while (c < t->end || !nolibc_decimal_done(&d));
	return 0;
}

static struct nolibc_encoded overflow(struct nolibc_real r)
{
	errno = ERANGE;
	return (struct nolibc_encoded){ 1ull << (r.p - 1), r.e_inf, false };
}

static struct nolibc_encoded underflow(void)
{
	errno = ERANGE;
	return (struct nolibc_encoded){ 0, 0, false };
}

/*
 * Round to the format. t: the text that `a` is only near to; NULL: a is exact
 * but for its last bit, which stands for all that is smaller.
 */
static struct nolibc_encoded round_to(struct nolibc_real r, struct approx a,
				      const struct nolibc_text *t)
{
	int e = a.e + 128 - BITS, low = UK_MAX(e + BITS - r.p, r.e_min);
	int drop = low - e, slack = t ? SLACK : 0, order;
	u128 x = a.m >> (128 - BITS), rest, half;
	__int128 above;
	uint64_t m;

	if (drop >= BITS + 2)
		return underflow();	/* below half of the smallest value */
	m = (uint64_t)(x >> drop);
	rest = x - ((u128)m << drop);
	half = (u128)1 << (drop - 1);
	above = (__int128)(rest - half);
	if (above > slack)
		order = 1;
	else if (above < -slack)
		order = -1;
	else
		order = t ? compare(t, 2 * (u128)m + 1, low - 1) : 0;
	if (order > 0 || (order == 0 && m % 2)) {
		m++;
		if (r.p < 64 ? m >> r.p : !m) {
			m = 1ull << (r.p - 1);
			low++;
		}
	}
	if (!(m >> (r.p - 1))) {
		/* Subnormal: only a loss is an error. */
		if (t ? compare(t, m, low) : rest != 0)
			errno = ERANGE;
		return (struct nolibc_encoded){ m, 0, false };
	}
	if (low - r.e_min + 1 >= r.e_inf)
		return overflow(r);
	return (struct nolibc_encoded){ m, low - r.e_min + 1, false };
}

static struct nolibc_encoded from_decimal(struct nolibc_real r,
					  struct nolibc_text *t)
{
	t->place += nolibc_read_exponent(t, 'e');
	if (!t->digits)
		return (struct nolibc_encoded){ 0, 0, false };
	if (t->place > PLACE_MAX)
		return overflow(r);
	if (t->place < PLACE_MIN)
		return underflow();
	return round_to(r, times_power(normalise(t->head, 0), (int)t->place -
				       (int)t->n_head + 1), t);
}

static struct nolibc_encoded from_hex(struct nolibc_real r,
				      struct nolibc_text *t)
{
	long long e = nolibc_read_exponent(t, 'p');
	struct approx a;

	if (!t->digits)
		return (struct nolibc_encoded){ 0, 0, false };
	e += 4 * (t->place - (long long)t->n_head + 1);
	if (e > 4 * PLACE_MAX)
		return overflow(r);
	if (e < 4 * PLACE_MIN)
		return underflow();
	a = normalise(t->head, (int)e);
	if (t->more)
		a.m |= (u128)1 << (128 - BITS);
	return round_to(r, a, NULL);
}

/* "nan", perhaps with something in parentheses, which means nothing here. */
static void skip_payload(struct nolibc_text *t)
{
	const char *p = t->p;
	char c;

	if (nolibc_text_at(t, p) != '(')
		return;
	do
		c = nolibc_text_at(t, ++p);
	while (isalnum(c) || c == '_');
	if (c == ')')
		t->p = p + 1;
}

struct nolibc_encoded nolibc_read_real(struct nolibc_real r, const char *s,
				       const char *limit, const char **end)
{
	struct nolibc_text t = { .p = s, .limit = limit }, hex;
	struct nolibc_encoded v = { 0, 0, false };
	bool negative;

	*end = s;
	while (isspace((unsigned char)nolibc_text_at(&t, t.p)))
		t.p++;
	negative = nolibc_text_at(&t, t.p) == '-';
	if (negative || nolibc_text_at(&t, t.p) == '+')
		t.p++;
	hex = t;
	if (nolibc_read_word(&t, "inf")) {
		nolibc_read_word(&t, "inity");
		v.field = r.e_inf;
		v.m = 1ull << (r.p - 1);
	} else if (nolibc_read_word(&t, "nan")) {
		skip_payload(&t);
		v.field = r.e_inf;
		v.m = 3ull << (r.p - 2);
	} else if (nolibc_read_word(&hex, "0x") &&
		   nolibc_read_digits(&hex, 16, HEAD_HEX)) {
		t = hex;
		v = from_hex(r, &t);
	} else if (nolibc_read_digits(&t, 10, HEAD_DECIMAL)) {
		v = from_decimal(r, &t);
	} else {
		return v;
	}
	v.negative = negative;
	*end = t.p;
	return v;
}
