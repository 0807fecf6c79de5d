/* SPDX-License-Identifier: BSD-3-Clause */
/* Comparing. */
#include <ctype.h>
#include <string.h>

int strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		int x = tolower((unsigned char)*a);
		int y = tolower((unsigned char)*b);

		if (x != y || !x)
			return x - y;
	}
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, (size_t)-1);
}

int strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}

int bcmp(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n);
}

int ffs(int v)
{
	return __builtin_ffs(v);
}

int ffsl(long v)
{
	return __builtin_ffsl(v);
}

int ffsll(long long v)
{
	return __builtin_ffsll(v);
}
