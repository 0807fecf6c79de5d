/* SPDX-License-Identifier: BSD-3-Clause */
#include "decimal.h"

#define GROUP 1000000000u	/* 10^9 = 2^9 * 5^9 */
#define FIVE9 1953125u
#define CHUNK 29		/* bits that GROUP << CHUNK + carry can bear */
/* Where m has a fraction, its whole part is below 2^66: three groups. */
#define SMALL_WHOLE 3

/* whole = whole * 2^bits + low */
static void shift_in(struct nolibc_decimal *d, unsigned int bits, uint32_t low)
{
	uint64_t carry = low;
	unsigned int i;

	for (i = 0; i < d->n_whole; i++) {
		carry += (uint64_t)d->whole[i] << bits;
		d->whole[i] = (uint32_t)(carry % GROUP);
		carry /= GROUP;
	}
	if (carry)
		d->whole[d->n_whole++] = (uint32_t)carry;
}

void nolibc_decimal_start(struct nolibc_decimal *d, uint32_t *work,
			  unsigned __int128 m, int e)
{
	unsigned __int128 whole = m, frac = 0;
	int i;

	d->whole = work;
	d->frac = work + SMALL_WHOLE;
	d->n_whole = d->n_frac = 0;
	d->scale = 0;
	if (e < 0) {
		d->scale = (unsigned int)-e;
		whole = e > -128 ? m >> -e : 0;
		frac = e > -128 ? m - (whole << -e) : m;
	}
	for (i = 2 * CHUNK; i >= 0; i -= CHUNK)
		shift_in(d, CHUNK, (uint32_t)(whole >> i) &
			 ((1u << CHUNK) - 1));
	for (; e > 0; e -= CHUNK)
		shift_in(d, e < CHUNK ? (unsigned int)e : CHUNK, 0);
	for (; frac; frac >>= 32)
		d->frac[d->n_frac++] = (uint32_t)frac;
}

/*
 * The fraction times 10^9: multiply the numerator by 5^9 and move the binary
 * point by 9; what is then left of the point are the digits.
 */
uint32_t nolibc_decimal_next(struct nolibc_decimal *d)
{
	unsigned int i, at, bit;
	uint64_t carry = 0;
	uint32_t digits;

	if (d->n_whole)
		return d->whole[--d->n_whole];
	if (!d->n_frac)
		return 0;
	for (i = 0; i < d->n_frac; i++) {
		carry += (uint64_t)d->frac[i] * FIVE9;
		d->frac[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry)
		d->frac[d->n_frac++] = (uint32_t)carry;
	if (d->scale < 9) {
		/* The last digits: the numerator was below 2^9. */
		d->n_frac = 0;
		return d->frac[0] << (9 - d->scale);
	}
	d->scale -= 9;
	at = d->scale / 32;
	bit = d->scale % 32;
	if (at >= d->n_frac)
		return 0;
	digits = d->frac[at] >> bit;
	if (bit && at + 1 < d->n_frac)
		digits |= d->frac[at + 1] << (32 - bit);
	d->frac[at] &= (1u << bit) - 1;
	d->n_frac = at + 1;
	while (d->n_frac && !d->frac[d->n_frac - 1])
		d->n_frac--;
	return digits;
}
