/* SPDX-License-Identifier: BSD-3-Clause */
/* The string functions of core. Same rules as in mem.c. */
#include <stdint.h>
#include <uk/essentials.h>
#include <uk/str.h>

#undef strlen

typedef uint64_t __attribute__((may_alias)) word_t;
#define ONES 0x0101010101010101ull
#define TOPS (ONES << 7)

/*
 * Whole words from the first aligned one on: such a word never crosses a page,
 * so reading past the end of the string inside it cannot fault.
 */
UK_NO_SANITIZE("address")
size_t strlen(const char *s)
{
	const char *p = s;
	word_t w;

	for (; (uintptr_t)p % sizeof(word_t); p++)
		if (!*p)
			return (size_t)(p - s);
	for (;; p += sizeof(word_t)) {
		w = *(const word_t *)(const void *)p;
		if ((w - ONES) & ~w & TOPS)
			break;
	}
	while (*p)
		p++;
	return (size_t)(p - s);
}

size_t strnlen(const char *s, size_t max)
{
	const char *end = memchr(s, 0, max);

	return end ? (size_t)(end - s) : max;
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (!*s)
			return NULL;
	return (char *)(uintptr_t)s;
}

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	do {
		if (*s == (char)c)
			found = s;
	} while (*s++);
	return (char *)(uintptr_t)found;
}
