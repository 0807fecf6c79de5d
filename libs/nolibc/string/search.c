/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding bytes, sets of bytes and tokens. */
#include <limits.h>
#include <stdint.h>
#include <string.h>

void *memrchr(const void *p, int c, size_t n)
{
	const unsigned char *s = p;

	while (n--)
		if (s[n] == (unsigned char)c)
			return (void *)(uintptr_t)(s + n);
	return NULL;
}

char *strchrnul(const char *s, int c)
{
	while (*s && *s != (char)c)
		s++;
	return (char *)(uintptr_t)s;
}

/* One bit a byte value: one pass over the set, one over the string. */
struct set {
	unsigned long bit[(UCHAR_MAX + 1) / (8 * sizeof(long))];
};

#define WORD(c) ((unsigned char)(c) / (8 * sizeof(long)))
#define BIT(c) (1ul << ((unsigned char)(c) % (8 * sizeof(long))))

static void fill(struct set *set, const char *s)
{
	memset(set, 0, sizeof(*set));
	for (; *s; s++)
		set->bit[WORD(*s)] |= BIT(*s);
}

size_t strspn(const char *s, const char *set)
{
	const char *p = s;
	struct set in;

	fill(&in, set);
	while (*p && in.bit[WORD(*p)] & BIT(*p))
		p++;
	return (size_t)(p - s);
}

size_t strcspn(const char *s, const char *set)
{
	const char *p = s;
	struct set in;

	fill(&in, set);
	while (*p && !(in.bit[WORD(*p)] & BIT(*p)))
		p++;
	return (size_t)(p - s);
}

char *strpbrk(const char *s, const char *set)
{
	s += strcspn(s, set);
	return *s ? (char *)(uintptr_t)s : NULL;
}

char *strsep(char **__restrict s, const char *__restrict set)
{
	char *token = *s;

	if (token) {
		*s = strpbrk(token, set);
		if (*s)
			*(*s)++ = 0;
	}
	return token;
}

char *strtok_r(char *__restrict s, const char *__restrict set,
	       char **__restrict rest)
{
	if (!s)
		s = *rest;
	if (s)
		s += strspn(s, set);
	*rest = s;
	if (!s || !*s) {
		*rest = NULL;
		return NULL;
	}
	return strsep(rest, set);
}

char *strtok(char *__restrict s, const char *__restrict set)
{
	static char *rest;

	return strtok_r(s, set, &rest);
}

char *index(const char *s, int c)
{
	return strchr(s, c);
}

char *rindex(const char *s, int c)
{
	return strrchr(s, c);
}
