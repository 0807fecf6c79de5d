/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies on the heap. */
#include <stdlib.h>
#include <string.h>

char *strndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = malloc(len + 1);

	if (copy)
		*(char *)mempcpy(copy, s, len) = 0;
	return copy;
}

char *strdup(const char *s)
{
	return strndup(s, (size_t)-1);
}
