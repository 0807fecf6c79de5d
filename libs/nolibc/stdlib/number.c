/* SPDX-License-Identifier: BSD-3-Clause */
/* Integers from text. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

struct parsed {
	unsigned long long v;	/* magnitude */
	bool negative, overflow;
};

static unsigned int digit(char c)
{
	if (isdigit(c))
		return (unsigned int)(c - '0');
	return isalpha(c) ? (unsigned int)(c | 0x20) - 'a' + 10 : UINT_MAX;
}

static struct parsed parse(const char *s, char **end, int base)
{
	struct parsed p = { 0 };
	const char *start = s;
	unsigned int d;

	if (end)
		*end = (char *)(uintptr_t)start;
	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return p;
	}
	while (isspace((unsigned char)*s))
		s++;
	p.negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if ((base == 0 || base == 16) && s[0] == '0' && (s[1] | 0x20) == 'x' &&
	    isxdigit((unsigned char)s[2])) {
		s += 2;
		base = 16;
	}
	if (base == 0)
		base = *s == '0' ? 8 : 10;
	for (; (d = digit(*s)) < (unsigned int)base; s++) {
		if (__builtin_mul_overflow(p.v, (unsigned int)base, &p.v) ||
		    __builtin_add_overflow(p.v, d, &p.v))
			p.overflow = true;
		if (end)
			*end = (char *)(uintptr_t)(s + 1);
	}
	return p;
}

static long long to_signed(struct parsed p, unsigned long long max)
{
	if (p.negative)
		max++;
	if (p.overflow || p.v > max) {
		errno = ERANGE;
		p.v = max;
	}
	return (long long)(p.negative ? -p.v : p.v);
}

static unsigned long long to_unsigned(struct parsed p, unsigned long long max)
{
	if (p.overflow || p.v > max) {
		errno = ERANGE;
		return max;
	}
	return p.negative ? -p.v : p.v;
}

long strtol(const char *__restrict s, char **__restrict end, int base)
{
	return (long)to_signed(parse(s, end, base), LONG_MAX);
}

long long strtoll(const char *__restrict s, char **__restrict end, int base)
{
	return to_signed(parse(s, end, base), LLONG_MAX);
}

unsigned long strtoul(const char *__restrict s, char **__restrict end,
		      int base)
{
	return (unsigned long)to_unsigned(parse(s, end, base), ULONG_MAX);
}

unsigned long long strtoull(const char *__restrict s, char **__restrict end,
			    int base)
{
	return to_unsigned(parse(s, end, base), ULLONG_MAX);
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
