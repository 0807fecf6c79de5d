/* SPDX-License-Identifier: BSD-3-Clause */
/* Floating-point numbers from text: reading the text. */
#include <ctype.h>
#include <stddef.h>
#include "text.h"

#define TOO_LARGE 1000000000000000ll /* an exponent that decides all alone */

static unsigned int digit(char c, unsigned int base)
{
	if (isdigit(c))
		return (unsigned int)(c - '0');
	c |= 0x20;
	if (base == 16 && c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	return base;
}

bool nolibc_read_digits(struct nolibc_text *t, unsigned int base,
			unsigned int keep)
{
	bool any = false, point = false;
	/* Digits before the point, or minus the zeroes right behind it. */
	long long whole = 0;

	for (;; t->p++) {
		char c = nolibc_text_at(t, t->p);
		unsigned int d = digit(c, base);

		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (d == base)
			break;
		any = true;
		if (!t->digits && d)
			t->digits = t->p;
		if (!point)
			whole += t->digits != NULL;
		else if (!t->digits)
			whole--;
		if (!t->digits)
			continue;
		if (t->n_head < keep) {
			t->head = t->head * base + d;
			t->n_head++;
		} else if (d) {
			t->more = true;
		}
	}
	t->end = t->p;
	t->place = whole - 1;
	return any;
}

long long nolibc_read_exponent(struct nolibc_text *t, char letter)
{
	const char *p = t->p;
	bool negative;
	long long e = 0;

	if ((nolibc_text_at(t, p) | 0x20) != letter)
		return 0;
	p++;
	negative = nolibc_text_at(t, p) == '-';
	if (negative || nolibc_text_at(t, p) == '+')
		p++;
	if (!isdigit(nolibc_text_at(t, p)))
		return 0;
	for (; isdigit(nolibc_text_at(t, p)); p++)
		if (e < TOO_LARGE)
			e = e * 10 + (nolibc_text_at(t, p) - '0');
	t->p = p;
	return negative ? -e : e;
}

bool nolibc_read_word(struct nolibc_text *t, const char *word)
{
	const char *p = t->p;

	for (; *word; word++, p++)
		if (tolower((unsigned char)nolibc_text_at(t, p)) != *word)
			return false;
	t->p = p;
	return true;
}
