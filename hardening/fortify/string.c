/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The checks of texts, whose length has to be read first, and where all checks
 * end. Nothing here is wrapped itself: sizes are arguments.
 */
#include <uk/crash.h>
#include <uk/str.h>
#include "wrap/uk/fortify.h"
#include "wrap/uk/fortify-string.h"

void uk_fortify_fail(const char *fn)
{
	uk_crash(UK_DEATH_OVERFLOW, "%s", fn);
}

/* src, of at most max bytes, to where dst has `room` bytes; its end. */
static char *copy(char *dst, const char *src, size_t max, size_t room,
		  const char *fn)
{
	size_t n = strnlen(src, max < room ? max : room);

	if (n >= room)
		uk_fortify_fail(fn);
	memcpy(dst, src, n);
	dst[n] = 0;
	return dst + n;
}

static char *append(char *dst, const char *src, size_t max, size_t size,
		    const char *fn)
{
	size_t used = strnlen(dst, size);

	copy(dst + used, src, max, size - used, fn);
	return dst;
}

char *uk_fortify_stpcpy(char *dst, const char *src, size_t size)
{
	return copy(dst, src, (size_t)-1, size, "stpcpy");
}

char *uk_fortify_strcpy(char *dst, const char *src, size_t size)
{
	copy(dst, src, (size_t)-1, size, "strcpy");
	return dst;
}

char *uk_fortify_strcat(char *dst, const char *src, size_t size)
{
	return append(dst, src, (size_t)-1, size, "strcat");
}

char *uk_fortify_strncat(char *dst, const char *src, size_t n, size_t size)
{
	return append(dst, src, n, size, "strncat");
}
