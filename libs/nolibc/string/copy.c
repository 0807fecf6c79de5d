/* SPDX-License-Identifier: BSD-3-Clause */
/* Copying and appending. */
#include <string.h>

void *mempcpy(void *__restrict dst, const void *__restrict src, size_t n)
{
	memcpy(dst, src, n);
	return (char *)dst + n;
}

void *memccpy(void *__restrict dst, const void *__restrict src, int c,
	      size_t n)
{
	const void *hit = memchr(src, c, n);

	if (!hit) {
		memcpy(dst, src, n);
		return NULL;
	}
	return mempcpy(dst, src, (size_t)((const char *)hit -
					  (const char *)src) + 1);
}

void explicit_bzero(void *p, size_t n)
{
	memset(p, 0, n);
	__asm__ __volatile__("" : : "r"(p) : "memory");
}

char *stpcpy(char *__restrict dst, const char *__restrict src)
{
	size_t n = strlen(src);

	memcpy(dst, src, n + 1);
	return dst + n;
}

char *strcpy(char *__restrict dst, const char *__restrict src)
{
	stpcpy(dst, src);
	return dst;
}

char *stpncpy(char *__restrict dst, const char *__restrict src, size_t n)
{
	size_t len = strnlen(src, n);

	memcpy(dst, src, len);
	memset(dst + len, 0, n - len);
	return dst + len;
}

char *strncpy(char *__restrict dst, const char *__restrict src, size_t n)
{
	stpncpy(dst, src, n);
	return dst;
}

char *strcat(char *__restrict dst, const char *__restrict src)
{
	stpcpy(dst + strlen(dst), src);
	return dst;
}

char *strncat(char *__restrict dst, const char *__restrict src, size_t n)
{
	char *end = dst + strlen(dst);

	*(char *)mempcpy(end, src, strnlen(src, n)) = 0;
	return dst;
}

size_t strlcpy(char *__restrict dst, const char *__restrict src, size_t size)
{
	size_t n = strlen(src);

	if (size) {
		size_t fits = n < size ? n : size - 1;

		memcpy(dst, src, fits);
		dst[fits] = 0;
	}
	return n;
}

size_t strlcat(char *__restrict dst, const char *__restrict src, size_t size)
{
	size_t n = strnlen(dst, size);

	return n + strlcpy(dst + n, src, size - n);
}

void bcopy(const void *src, void *dst, size_t n)
{
	memmove(dst, src, n);
}

void bzero(void *p, size_t n)
{
	memset(p, 0, n);
}

size_t strxfrm(char *__restrict dst, const char *__restrict src, size_t n)
{
	return strlcpy(dst, src, n);
}
