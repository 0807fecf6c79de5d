/* SPDX-License-Identifier: BSD-3-Clause */
/* Floating-point numbers from text: strtod and scanf. */
#pragma once

#include "bits.h"

/*
 * Read a number of format r at s, no further than `limit` (NULL: up to the
 * NUL). *end is behind it, or s if there is none. Sets errno to ERANGE where
 * strtod does. The value comes as the exponent field and the bits below it.
 */
struct nolibc_encoded {
	uint64_t m;		/* with the leading bit, if there is one */
	int field;
	bool negative;
};
struct nolibc_encoded nolibc_read_real(struct nolibc_real r, const char *s,
				       const char *limit, const char **end);

double nolibc_to_double(struct nolibc_encoded x);
float nolibc_to_float(struct nolibc_encoded x);
long double nolibc_to_ldouble(struct nolibc_encoded x);
