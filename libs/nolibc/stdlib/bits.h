/* SPDX-License-Identifier: BSD-3-Clause */
/* The floating-point types as integers: the value is m * 2^e. */
#pragma once

#include <float.h>
#include <stdbool.h>
#include <stdint.h>

struct nolibc_bits {
	uint64_t m;		/* 0: zero */
	int e;
	bool negative, inf, nan;
};

/* A format of p bits (p <= 64): its smallest value is 2^e_min, and an exponent
 * field of e_inf stands for infinity. */
struct nolibc_real {
	int p, e_min, e_inf;
};

#define NOLIBC_FLOAT ((struct nolibc_real){ 24, -149, 255 })
#define NOLIBC_DOUBLE ((struct nolibc_real){ 53, -1074, 2047 })
/* One of 113 bits is read and printed as the nearest one of 64: its exponents
 * are the same. */
#if LDBL_MANT_DIG == 64 || LDBL_MANT_DIG == 113
#define NOLIBC_LDOUBLE ((struct nolibc_real){ 64, -16445, 32767 })
#elif LDBL_MANT_DIG == 53
#define NOLIBC_LDOUBLE NOLIBC_DOUBLE
#else
#error this long double has no description here
#endif

/* Take apart what is stored as sign, exponent field and fraction. */
static inline struct nolibc_bits nolibc_unpack(struct nolibc_real r,
					       bool negative, int field,
					       uint64_t fraction)
{
	struct nolibc_bits b = { .negative = negative };

	if (field == r.e_inf) {
		b.nan = fraction << (64 - r.p + 1) != 0;
		b.inf = !b.nan;
		return b;
	}
	b.m = fraction;
	b.e = r.e_min;
	if (field) {
		b.m |= 1ull << (r.p - 1);
		b.e += field - 1;
	}
	return b;
}

static inline struct nolibc_bits nolibc_unpack_double(double v)
{
	union { double v; uint64_t bits; } u = { .v = v };

	return nolibc_unpack(NOLIBC_DOUBLE, u.bits >> 63, u.bits >> 52 & 0x7ff,
			     u.bits & 0xfffffffffffffull);
}

#if LDBL_MANT_DIG == 64
union nolibc_ldouble {
	long double v;
	struct {
		uint64_t m;	/* with its leading 1 */
		uint16_t field;	/* and the sign on top */
	} x;
};

static inline struct nolibc_bits nolibc_unpack_ldouble(long double v)
{
	union nolibc_ldouble u = { .v = v };

	return nolibc_unpack(NOLIBC_LDOUBLE, u.x.field >> 15,
			     u.x.field & 0x7fff, u.x.m);
}
#elif LDBL_MANT_DIG == 113
union nolibc_ldouble {
	long double v;
	struct {
		uint64_t low, high;	/* sign, 15 bits, 48 of the fraction */
	} x;
};

/* The last bit says whether anything below it was 1, which is all that
 * rounding asks. */
static inline struct nolibc_bits nolibc_unpack_ldouble(long double v)
{
	union nolibc_ldouble u = { .v = v };
	uint64_t fraction = (u.x.high & 0xffffffffffff) << 15 |
			    u.x.low >> 49 | (u.x.low << 15 != 0);

	return nolibc_unpack(NOLIBC_LDOUBLE, u.x.high >> 63,
			     u.x.high >> 48 & 0x7fff, fraction);
}
#else
static inline struct nolibc_bits nolibc_unpack_ldouble(long double v)
{
	return nolibc_unpack_double((double)v);
}
#endif
