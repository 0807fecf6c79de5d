/* SPDX-License-Identifier: BSD-3-Clause */
/* Integers from text. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include "integer.h"

static unsigned int digit(char c)
{
	if (isdigit(c))
		return (unsigned int)(c - '0');
	return isalpha(c) ? (unsigned int)(c | 0x20) - 'a' + 10 : UINT_MAX;
}

bool nolibc_add_digit(struct nolibc_integer *n, char c, unsigned int base)
{
	unsigned int d = digit(c);

	if (d >= base)
		return false;
	if (__builtin_mul_overflow(n->v, base, &n->v) ||
	    __builtin_add_overflow(n->v, d, &n->v))
		n->overflow = true;
	return true;
}

long long nolibc_to_signed(struct nolibc_integer n, unsigned long long max)
{
	if (n.negative)
		max++;
	if (n.overflow || n.v > max) {
		errno = ERANGE;
		n.v = max;
	}
	return (long long)(n.negative ? -n.v : n.v);
}

unsigned long long nolibc_to_unsigned(struct nolibc_integer n,
				      unsigned long long max)
{
	if (n.overflow || n.v > max) {
		errno = ERANGE;
		return max;
	}
	return n.negative ? -n.v : n.v;
}

static struct nolibc_integer parse(const char *s, char **end, int base)
{
	struct nolibc_integer n = { 0 };

	if (end)
		*end = (char *)(uintptr_t)s;
	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return n;
	}
	while (isspace((unsigned char)*s))
		s++;
	n.negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if ((base == 0 || base == 16) && s[0] == '0' && (s[1] | 0x20) == 'x' &&
	    isxdigit((unsigned char)s[2])) {
		s += 2;
		base = 16;
	}
	if (base == 0)
		base = *s == '0' ? 8 : 10;
	for (; nolibc_add_digit(&n, *s, (unsigned int)base); s++)
		if (end)
			*end = (char *)(uintptr_t)(s + 1);
	return n;
}

long strtol(const char *__restrict s, char **__restrict end, int base)
{
	return (long)nolibc_to_signed(parse(s, end, base), LONG_MAX);
}

long long strtoll(const char *__restrict s, char **__restrict end, int base)
{
	return nolibc_to_signed(parse(s, end, base), LLONG_MAX);
}

unsigned long strtoul(const char *__restrict s, char **__restrict end,
		      int base)
{
	return (unsigned long)nolibc_to_unsigned(parse(s, end, base),
						 ULONG_MAX);
}

unsigned long long strtoull(const char *__restrict s, char **__restrict end,
			    int base)
{
	return nolibc_to_unsigned(parse(s, end, base), ULLONG_MAX);
}

intmax_t strtoimax(const char *__restrict s, char **__restrict end, int base)
{
	return strtoll(s, end, base);
}

uintmax_t strtoumax(const char *__restrict s, char **__restrict end, int base)
{
	return strtoull(s, end, base);
}

int atoi(const char *s)
{
	return (int)strtol(s, NULL, 10);
}

long atol(const char *s)
{
	return strtol(s, NULL, 10);
}

long long atoll(const char *s)
{
	return strtoll(s, NULL, 10);
}
