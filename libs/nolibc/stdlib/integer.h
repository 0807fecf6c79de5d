/* SPDX-License-Identifier: BSD-3-Clause */
/* Integers from text, digit by digit: strtol and scanf. */
#pragma once

#include <stdbool.h>

struct nolibc_integer {
	unsigned long long v;	/* magnitude */
	bool negative, overflow;
};

/* v = v * base + c; false if c is no digit of this base. */
bool nolibc_add_digit(struct nolibc_integer *n, char c, unsigned int base);
/* Within -max - 1 and max, or within 0 and max (where a minus wraps); else the
 * nearer end, and errno = ERANGE. */
long long nolibc_to_signed(struct nolibc_integer n, unsigned long long max);
unsigned long long nolibc_to_unsigned(struct nolibc_integer n,
				      unsigned long long max);
