/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pollard's rho on a number of 36 digits by numbers of any length. Every
 * operation gives a new number on the heap and frees what it no longer needs,
 * as programs do that count references.
 */
#include <stdlib.h>
#include <string.h>

#include "load.h"

struct num {
	unsigned int refs, n;
	uint32_t d[];		/* least first, no zero on top */
};

static struct num *num_new(unsigned int n)
{
	struct num *a = need(malloc(sizeof(*a) + n * sizeof(a->d[0])));

	a->refs = 1;
	a->n = n;
	return a;
}

static void put(struct num *a)
{
	if (!--a->refs)
		free(a);
}

static struct num *trim(struct num *a)
{
	while (a->n && !a->d[a->n - 1])
		a->n--;
	return a;
}

static struct num *of(uint64_t v)
{
	struct num *a = num_new(2);

	a->d[0] = (uint32_t)v;
	a->d[1] = (uint32_t)(v >> 32);
	return trim(a);
}

static int cmp(const struct num *a, const struct num *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (unsigned int i = a->n; i--;)
		if (a->d[i] != b->d[i])
			return a->d[i] < b->d[i] ? -1 : 1;
	return 0;
}

static struct num *add(const struct num *a, const struct num *b)
{
	unsigned int n = a->n > b->n ? a->n : b->n;
	struct num *r = num_new(n + 1);
	uint64_t carry = 0;

	for (unsigned int i = 0; i < n; i++) {
		carry += (i < a->n ? a->d[i] : 0) +
			 (uint64_t)(i < b->n ? b->d[i] : 0);
		r->d[i] = (uint32_t)carry;
		carry >>= 32;
	}
	r->d[n] = (uint32_t)carry;
	return trim(r);
}

/* a >= b */
static struct num *sub(const struct num *a, const struct num *b)
{
	struct num *r = num_new(a->n);
	int64_t borrow = 0;

	for (unsigned int i = 0; i < a->n; i++) {
		borrow += a->d[i] - (int64_t)(i < b->n ? b->d[i] : 0);
		r->d[i] = (uint32_t)borrow;
		borrow >>= 32;
	}
	return trim(r);
}

static struct num *mul(const struct num *a, const struct num *b)
{
	struct num *r = num_new(a->n + b->n);

	memset(r->d, 0, r->n * sizeof(r->d[0]));
	for (unsigned int i = 0; i < a->n; i++) {
		uint64_t carry = 0;

		for (unsigned int j = 0; j < b->n; j++) {
			carry += r->d[i + j] + (uint64_t)a->d[i] * b->d[j];
			r->d[i + j] = (uint32_t)carry;
			carry >>= 32;
		}
		r->d[i + b->n] = (uint32_t)carry;
	}
	return trim(r);
}

/* How often b << 32k goes into a, from its upper digits: never too often. */
static uint64_t guess(const struct num *a, const struct num *b,
		      unsigned int *k)
{
	uint64_t top, low = b->d[b->n - 1] + 1ull;

	*k = a->n - b->n;
	top = a->d[a->n - 1];
	if (top >= low)
		return top / low;
	if (!*k)
		return 1;
	--*k;
	return (top << 32 | a->d[a->n - 2]) / low;
}

/* a mod b; takes a over. */
static struct num *mod(struct num *a, const struct num *b)
{
	while (cmp(a, b) >= 0) {
		unsigned int k;
		struct num *q = of(guess(a, b, &k)), *s = mul(q, b);
		struct num *shifted = num_new(s->n + k), *r;

		memset(shifted->d, 0, k * sizeof(s->d[0]));
		memcpy(shifted->d + k, s->d, s->n * sizeof(s->d[0]));
		r = sub(a, shifted);
		put(q);
		put(s);
		put(shifted);
		put(a);
		a = r;
	}
	return a;
}

/* x^2 + c mod n; takes x over. */
static struct num *step(struct num *x, const struct num *c,
			const struct num *n)
{
	struct num *square = mul(x, x), *sum = add(square, c);

	put(x);
	put(square);
	return mod(sum, n);
}

static struct num *gcd(struct num *a, struct num *b)
{
	while (b->n) {
		struct num *r = mod(a, b);

		a = b;
		b = r;
	}
	put(b);
	return a;
}

uint64_t load_bignum(void)
{
	struct num *p = of(2305843009213693951ull), *q = of(4294967291ull);
	struct num *n = mul(p, q), *one = of(1), *x = of(2), *y = of(2);
	struct num *d = of(1);
	uint64_t steps = 0, result;

	while (!cmp(d, one) && steps < 60000) {
		struct num *far;

		put(d);
		x = step(x, one, n);
		y = step(step(y, one, n), one, n);
		far = cmp(x, y) > 0 ? sub(x, y) : sub(y, x);
		steps++;
		n->refs++;
		d = gcd(far, n);
	}
	result = steps << 32 | (d->n ? d->d[0] : 0);
	put(p);
	put(q);
	put(n);
	put(one);
	put(x);
	put(y);
	put(d);
	return result;
}
