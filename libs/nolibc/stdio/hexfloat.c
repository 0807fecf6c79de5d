/* SPDX-License-Identifier: BSD-3-Clause */
/* printf's a and A: a binary number in hexadecimal digits. */
#include "float.h"

#define NIBBLES 15	/* behind the point, in 64 bits with one before it */

/* Keep prec digits behind the point; ties to even. */
static uint64_t round_to(uint64_t v, int prec, int *e)
{
	unsigned int drop = 4 * (unsigned int)(NIBBLES - prec);
	uint64_t rest = v & ((1ull << drop) - 1), half = 1ull << (drop - 1);

	v >>= drop;
	v += rest > half || (rest == half && v % 2);
	if (v >> (64 - drop)) {
		/* f.f -> 10.0: one digit less before the point. */
		v >>= 4;
		*e += 4;
	}
	return v << drop;
}

void nolibc_put_hexfloat(struct uk_fmt *f, const struct uk_fmt_spec *s,
			 const struct nolibc_bits *b, int p)
{
	bool small = s->conv & 0x20;
	const char *set = small ? "0123456789abcdef" : "0123456789ABCDEF";
	/* 53 bits are printed as 1.x; 64 bits fill their first digit. */
	unsigned int up = (unsigned int)(64 - p) / 4 * 4;
	int e = b->m ? b->e - (int)up + 4 * NIBBLES : 0;
	int prec = s->prec, right, i, n = 0;
	char prefix[4], body[NIBBLES + 2], tail[8];
	const char *sign = uk_fmt_sign(s, b->negative);
	uint64_t v = b->m << up;
	size_t n_tail;

	if (prec < 0)
		for (prec = NIBBLES; prec && !(v >> 4 * (NIBBLES - prec) & 15);)
			prec--;
	else if (prec < NIBBLES)
		v = round_to(v, prec, &e);

	body[n++] = set[v >> 60];
	if (prec || s->flags & UK_FMT_ALT)
		body[n++] = '.';
	for (i = 1; i <= NIBBLES && i <= prec; i++)
		body[n++] = set[v >> (60 - 4 * i) & 15];
	n_tail = nolibc_exponent(tail, small ? 'p' : 'P', e, 1);

	i = 0;
	if (*sign)
		prefix[i++] = *sign;
	prefix[i++] = '0';
	prefix[i++] = small ? 'x' : 'X';
	prefix[i] = 0;
	i = prec > NIBBLES ? prec - NIBBLES : 0;
	right = nolibc_field_open(f, s, prefix,
				  (long long)n + i + (long long)n_tail);
	uk_fmt_out(f, body, (size_t)n);
	uk_fmt_fill(f, '0', i);
	uk_fmt_out(f, tail, n_tail);
	uk_fmt_fill(f, ' ', right);
}
