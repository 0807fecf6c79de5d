/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The exact decimal digits of a binary number m * 2^e, nine at a time, the
 * highest first. All digits exist: 2^-1074 has 1074 places. Memory is what the
 * caller gives: at no time more than the binary number needs. printf takes the
 * digits from here, and strtod compares its text with them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Words of work space for every finite value of the type and the middle
 * between any two neighbours. */
#define NOLIBC_DECIMAL_DOUBLE 36
#define NOLIBC_DECIMAL_LDOUBLE 552

struct nolibc_decimal {
	uint32_t *whole;	/* groups of the whole part, lowest first */
	uint32_t *frac;		/* binary fraction, lowest word first */
	unsigned int n_whole, n_frac;
	unsigned int scale;	/* the fraction is frac / 2^scale */
};

/* m < 2^66. The first group's highest digit has the weight
 * 10^(9 * d->n_whole - 1). */
void nolibc_decimal_start(struct nolibc_decimal *d, uint32_t *work,
			  unsigned __int128 m, int e);
/* The next nine digits as a number. Zeroes follow the last one for ever. */
uint32_t nolibc_decimal_next(struct nolibc_decimal *d);
/* Are all further digits zero? (false may be said of zeroes in whole.) */
static inline bool nolibc_decimal_done(const struct nolibc_decimal *d)
{
	return !d->n_whole && !d->n_frac;
}
