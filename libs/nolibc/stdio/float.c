/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * printf's conversions of floating point: e f g here, a in hexfloat.c.
 *
 * Digits are named by their place: place p has the weight 10^p. They come
 * from the highest down and are never stored: a first pass finds where the
 * number begins and how it is rounded, a second one prints.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include "../stdlib/decimal.h"
#include "float.h"
#include "format.h"

/* More places than any number has, on either side of the point. */
#define PLACES 20000

struct number {
	struct nolibc_bits bits;
	uint32_t *work;
	int first;	/* place of the first digit that is not 0 */
	int low;	/* last place that is kept */
	int last;	/* last place of them that is not 0 */
	int carry;	/* where `up` adds 1; places below it become 0 */
	bool up;
};

struct reader {
	struct nolibc_decimal d;
	uint32_t group;
	int in_group;	/* digits of it that are left */
	int place;	/* of the next digit */
};

static void start(struct reader *r, const struct number *n)
{
	nolibc_decimal_start(&r->d, n->work, n->bits.m, n->bits.e);
	r->place = 9 * (int)r->d.n_whole - 1;
	r->in_group = 0;
	r->group = 0;
}

static unsigned int next(struct reader *r)
{
	static const uint32_t weight[] = {
		1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	};
	uint32_t w, digit;

	if (!r->in_group) {
		r->group = nolibc_decimal_next(&r->d);
		r->in_group = UK_ARRAY_SIZE(weight);
	}
	w = weight[--r->in_group];
	digit = r->group / w;
	r->group -= digit * w;
	r->place--;
	return digit;
}

/* Nothing but zeroes to come? */
static bool done(const struct reader *r)
{
	return !r->group && nolibc_decimal_done(&r->d);
}

/*
 * Find first, last, up and carry of a number that keeps its places down to
 * n->low; or, with digits >= 0, that many behind its first one (then n->low is
 * found too).
 */
static void survey(struct number *n, int digits)
{
	unsigned int odd = 0, half = 0, digit;
	bool rest = false;
	struct reader r;
	int place;

	start(&r, n);
	n->carry = r.place + 1;
	n->first = n->last = INT_MIN;
	if (digits >= 0)
		n->low = INT_MIN + 1;
	while (!done(&r) && !(rest && r.place < n->low)) {
		place = r.place;
		digit = next(&r);
		if (digit && n->first == INT_MIN) {
			n->first = place;
			if (digits >= 0)
				n->low = place - digits;
		}
		if (place >= n->low) {
			if (digit != 9)
				n->carry = place;
			if (digit)
				n->last = place;
			odd = digit % 2;
		} else if (place == n->low - 1) {
			half = digit;
		} else if (digit) {
			rest = true;
		}
	}
	/* Had all ended above low - 1, half would be 0 and odd of no matter. */
	n->up = half > 5 || (half == 5 && (rest || odd));
	if (n->up) {
		n->last = n->carry;
		if (n->carry > n->first)
			n->first = n->carry;
	}
	if (n->first == INT_MIN && digits >= 0)
		n->first = n->last = 0;
	if (digits >= 0)
		n->low = n->first - digits;
}

/* Print the places from `from` down to `to`. */
static void put_digits(struct uk_fmt *f, const struct number *n,
		       struct reader *r, int from, int to)
{
	char buf[18];
	size_t used = 0;
	int place;

	for (place = from; place >= to && !done(r); place--) {
		unsigned int digit = 0;

		if (n->up && place < n->carry)
			break;
		while (r->place >= place)
			digit = next(r);
		if (n->up && place == n->carry)
			digit++;
		buf[used++] = (char)('0' + digit);
		if (used == sizeof(buf)) {
			uk_fmt_out(f, buf, used);
			used = 0;
		}
	}
	uk_fmt_out(f, buf, used);
	uk_fmt_fill(f, '0', place - to + 1);
}

int nolibc_field_open(struct uk_fmt *f, const struct uk_fmt_spec *s,
		      const char *prefix, long long len)
{
	size_t n = strlen(prefix);
	int pad = 0;

	len += (long long)n;
	if (len < s->width)
		pad = s->width - (int)len;
	if (!(s->flags & (UK_FMT_LEFT | UK_FMT_ZERO)))
		uk_fmt_fill(f, ' ', pad);
	uk_fmt_out(f, prefix, n);
	if ((s->flags & (UK_FMT_LEFT | UK_FMT_ZERO)) == UK_FMT_ZERO)
		uk_fmt_fill(f, '0', pad);
	return s->flags & UK_FMT_LEFT ? pad : 0;
}

size_t nolibc_exponent(char *buf, char letter, int e, unsigned int w)
{
	unsigned int v = (unsigned int)(e < 0 ? -e : e);
	size_t n = 0;

	buf[n++] = letter;
	buf[n++] = e < 0 ? '-' : '+';
	while (v / w >= 10)
		w *= 10;
	for (; w; w /= 10)
		buf[n++] = (char)('0' + v / w % 10);
	return n;
}

/* The point stands behind the place `unit`. */
static void print(struct uk_fmt *f, const struct uk_fmt_spec *s,
		  const struct number *n, bool scientific)
{
	int unit = scientific ? n->first : 0;
	int top = n->first > unit ? n->first : unit;
	int behind = unit - n->low, right;
	bool point = behind > 0 || s->flags & UK_FMT_ALT;
	struct reader r;
	char suffix[8];
	size_t n_suffix = 0;

	if (scientific)
		n_suffix = nolibc_exponent(suffix,
					   s->conv & 0x20 ? 'e' : 'E',
					   n->first, 10);
	right = nolibc_field_open(f, s, uk_fmt_sign(s, n->bits.negative),
				  (long long)top - unit + 1 + point + behind +
				  (long long)n_suffix);
	start(&r, n);
	put_digits(f, n, &r, top, unit);
	if (point)
		uk_fmt_out(f, ".", 1);
	put_digits(f, n, &r, unit - 1, n->low);
	uk_fmt_out(f, suffix, n_suffix);
	uk_fmt_fill(f, ' ', right);
}

/* g: as e or f, whichever fits; prec digits in all. */
static void print_general(struct uk_fmt *f, const struct uk_fmt_spec *s,
			  struct number *n, int prec)
{
	bool scientific;

	prec = prec ? prec : 1;
	survey(n, prec - 1);
	scientific = n->first < -4 || n->first >= prec;
	if (!(s->flags & UK_FMT_ALT)) {
		n->low = n->last;
		if (!scientific && n->low > 0)
			n->low = 0;
	}
	print(f, s, n, scientific);
}

static int put(struct uk_fmt *f, const struct uk_fmt_spec *s, struct number *n,
	       int p)
{
	char conv = s->conv | 0x20;
	int prec = s->prec < 0 ? 6 : s->prec;

	if (n->bits.nan || n->bits.inf) {
		struct uk_fmt_spec text = *s;
		const char *word = n->bits.nan ? "nanNAN" : "infINF";
		int right;

		text.flags &= ~UK_FMT_ZERO;
		right = nolibc_field_open(f, &text,
					  uk_fmt_sign(s, n->bits.negative), 3);
		uk_fmt_out(f, word + (s->conv & 0x20 ? 0 : 3), 3);
		uk_fmt_fill(f, ' ', right);
		return 0;
	}
	if (conv == 'a') {
		nolibc_put_hexfloat(f, s, &n->bits, p);
		return 0;
	}
	if (conv == 'g' && !(s->flags & UK_FMT_ALT) && prec > PLACES)
		prec = PLACES;
	if (prec > INT_MAX - PLACES)
		return -EOVERFLOW;
	if (conv == 'g') {
		print_general(f, s, n, prec);
		return 0;
	}
	n->low = -prec;
	survey(n, conv == 'e' ? prec : -1);
	print(f, s, n, conv == 'e');
	return 0;
}

int nolibc_put_double(struct uk_fmt *f, const struct uk_fmt_spec *s, double v)
{
	uint32_t work[NOLIBC_DECIMAL_DOUBLE];
	struct number n = { .bits = nolibc_unpack_double(v), .work = work };

	return put(f, s, &n, NOLIBC_DOUBLE.p);
}

int nolibc_put_ldouble(struct uk_fmt *f, const struct uk_fmt_spec *s,
		       long double v)
{
	uint32_t work[NOLIBC_DECIMAL_LDOUBLE];
	struct number n = { .bits = nolibc_unpack_ldouble(v), .work = work };

	return put(f, s, &n, NOLIBC_LDOUBLE.p);
}
