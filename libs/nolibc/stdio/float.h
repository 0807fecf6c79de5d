/* SPDX-License-Identifier: BSD-3-Clause */
/* Between float.c and hexfloat.c. */
#pragma once

#include <uk/fmt.h>
#include "../stdlib/bits.h"

/* Begin a field for prefix and len bytes more: padding on the left, the
 * prefix, zeroes. Returns how many blanks go on the right. */
int nolibc_field_open(struct uk_fmt *f, const struct uk_fmt_spec *s,
		      const char *prefix, long long len);

/* "e+05": letter, sign, digits from the weight w on. buf: 8 bytes. */
size_t nolibc_exponent(char *buf, char letter, int e, unsigned int w);

/* a and A. p: bits of the format that b comes from. */
void nolibc_put_hexfloat(struct uk_fmt *f, const struct uk_fmt_spec *s,
			 const struct nolibc_bits *b, int p);
