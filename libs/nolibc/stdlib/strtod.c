/* SPDX-License-Identifier: BSD-3-Clause */
/* strtod and its kin. */
#include <stdint.h>
#include <stdlib.h>
#include "real.h"

/* A sign, an exponent field and the fraction below the leading bit, in p bits
 * and whatever the field takes. */
static uint64_t pack(struct nolibc_encoded x, int p)
{
	return (uint64_t)x.field << (p - 1) |
	       (x.m & ((1ull << (p - 1)) - 1));
}

double nolibc_to_double(struct nolibc_encoded x)
{
	union { uint64_t bits; double v; } u = {
		.bits = pack(x, 53) | (uint64_t)x.negative << 63,
	};

	return u.v;
}

float nolibc_to_float(struct nolibc_encoded x)
{
	union { uint32_t bits; float v; } u = {
		.bits = (uint32_t)pack(x, 24) | (uint32_t)x.negative << 31,
	};

	return u.v;
}

long double nolibc_to_ldouble(struct nolibc_encoded x)
{
#if LDBL_MANT_DIG == 64
	union nolibc_ldouble u = {
		.x = { x.m, (uint16_t)(x.field | x.negative << 15) },
	};

	return u.v;
#elif LDBL_MANT_DIG == 113
	uint64_t fraction = x.m & ~(1ull << 63);
	union nolibc_ldouble u = {
		.x = {
			fraction << 49,
			(uint64_t)x.negative << 63 |
			(uint64_t)x.field << 48 | fraction >> 15,
		},
	};

	return u.v;
#else
	return nolibc_to_double(x);
#endif
}

double strtod(const char *__restrict s, char **__restrict end)
{
	const char *stop;
	struct nolibc_encoded x = nolibc_read_real(NOLIBC_DOUBLE, s, NULL,
						   &stop);

	if (end)
		*end = (char *)(uintptr_t)stop;
	return nolibc_to_double(x);
}

float strtof(const char *__restrict s, char **__restrict end)
{
	const char *stop;
	struct nolibc_encoded x = nolibc_read_real(NOLIBC_FLOAT, s, NULL,
						   &stop);

	if (end)
		*end = (char *)(uintptr_t)stop;
	return nolibc_to_float(x);
}

long double strtold(const char *__restrict s, char **__restrict end)
{
	const char *stop;
	struct nolibc_encoded x = nolibc_read_real(NOLIBC_LDOUBLE, s, NULL,
						   &stop);

	if (end)
		*end = (char *)(uintptr_t)stop;
	return nolibc_to_ldouble(x);
}

double atof(const char *s)
{
	return strtod(s, NULL);
}
