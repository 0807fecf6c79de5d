/* SPDX-License-Identifier: BSD-3-Clause */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "stats.h"

#define SIGMAS 7.0
#define QUARTERS 4

static char why[200];

/* n coins, so many heads: may that be? */
static bool fair(size_t n, size_t heads)
{
	return fabs((double)heads - n / 2.0) <= SIGMAS * sqrt((double)n) / 2;
}

/*
 * More than `chi` comes up once in 10^10 or less: the upper tail of chi-square
 * by Wilson and Hilferty, as a normal deviate.
 */
static bool rare(double chi, double freedom)
{
	double a = 2 / (9 * freedom);

	return (cbrt(chi / freedom) - (1 - a)) / sqrt(a) > 6.5;
}

static unsigned int bin(const struct stats_column *c, uintptr_t at,
			unsigned int bins)
{
	return (unsigned int)((long double)(at - c->low) /
			      (c->high - c->low) * bins);
}

static const char *each_bit(const struct stats *s, size_t col)
{
	const struct stats_column *c = &s->column[col];
	unsigned int i, j;
	size_t r, heads;

	for (i = 0; i < c->bits; i++)
		for (j = 0; j <= i; j++) {
			for (r = heads = 0; r < s->rows; r++) {
				uintptr_t v = s->at[r][col] >> c->first;

				/* One bit, or two against each other. */
				heads += (v >> i ^ (j < i ? v >> j : 0)) & 1;
			}
			if (fair(s->rows, heads))
				continue;
			snprintf(why, sizeof(why), "%s: bits %u and %u: %zu of "
				 "%zu", c->name, c->first + i, c->first + j,
				 heads, s->rows);
			return why;
		}
	return NULL;
}

static const char *spread(const struct stats *s, size_t col)
{
	const struct stats_column *c = &s->column[col];
	const unsigned int bins = s->rows >= 320 ? 16 : 8;
	size_t n[16] = { 0 }, r;
	double chi = 0, want = (double)s->rows / bins;
	unsigned int b;

	for (r = 0; r < s->rows; r++) {
		uintptr_t at = s->at[r][col];

		if (at < c->low || at >= c->high) {
			snprintf(why, sizeof(why), "%s: %#lx is out of range",
				 c->name, (unsigned long)at);
			return why;
		}
		n[bin(c, at, bins)]++;
	}
	for (b = 0; b < bins; b++)
		chi += (n[b] - want) * (n[b] - want) / want;
	if (!rare(chi, bins - 1))
		return NULL;
	snprintf(why, sizeof(why), "%s: not uniform: chi-square %.1f", c->name,
		 chi);
	return why;
}

static int by_value(const void *a, const void *b)
{
	uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;

	return x < y ? -1 : x > y;
}

/* The same value in several rows: of 2^30 possible ones a thousand rows have
 * one such pair in a thousand tables, three in 10^10. */
static bool repeats(uintptr_t *v, size_t n)
{
	size_t i, pairs = 0;

	qsort(v, n, sizeof(*v), by_value);
	for (i = 1; i < n; i++)
		pairs += v[i] == v[i - 1];
	return pairs > 2;
}

static const char *distinct(const struct stats *s, size_t col)
{
	static uintptr_t v[STATS_ROWS];
	size_t r;

	for (r = 0; r < s->rows; r++)
		v[r] = s->at[r][col];
	if (!repeats(v, s->rows))
		return NULL;
	snprintf(why, sizeof(why), "%s: layouts come up again",
		 s->column[col].name);
	return why;
}

/* Two areas: no fixed distance, no bit that follows the other's, no quarter of
 * the range that goes with the other's. */
static const char *apart(const struct stats *s, size_t a, size_t b)
{
	const struct stats_column *x = &s->column[a], *y = &s->column[b];
	size_t n[QUARTERS][QUARTERS] = { { 0 } }, rows[QUARTERS] = { 0 };
	size_t cols[QUARTERS] = { 0 }, r, heads;
	static uintptr_t v[STATS_ROWS];
	unsigned int i, j, from = x->first > y->first ? x->first : y->first;
	double chi = 0, want;

	snprintf(why, sizeof(why), "%s and %s are not independent", x->name,
		 y->name);
	for (r = 0; r < s->rows; r++) {
		i = bin(x, s->at[r][a], QUARTERS);
		j = bin(y, s->at[r][b], QUARTERS);
		n[i][j]++;
		rows[i]++;
		cols[j]++;
		v[r] = s->at[r][a] - s->at[r][b];
	}
	if (repeats(v, s->rows))
		return why;
	for (i = 0; i < QUARTERS; i++)
		for (j = 0; j < QUARTERS; j++) {
			want = (double)rows[i] * cols[j] / s->rows;
			if (want > 0)
				chi += (n[i][j] - want) * (n[i][j] - want) /
				       want;
		}
	if (rare(chi, (QUARTERS - 1) * (QUARTERS - 1)))
		return why;
	for (i = from; i < x->first + x->bits && i < y->first + y->bits; i++) {
		for (r = heads = 0; r < s->rows; r++)
			heads += (s->at[r][a] ^ s->at[r][b]) >> i & 1;
		if (!fair(s->rows, heads))
			return why;
	}
	return NULL;
}

const char *stats_wrong(const struct stats *s)
{
	const char *bad = NULL;
	size_t a, b;

	for (a = 0; a < s->columns && !bad; a++) {
		bad = spread(s, a);
		if (!bad)
			bad = distinct(s, a);
		if (!bad)
			bad = each_bit(s, a);
		for (b = 0; b < a && !bad; b++)
			bad = apart(s, a, b);
	}
	return bad;
}
