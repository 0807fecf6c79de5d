/* SPDX-License-Identifier: BSD-3-Clause */
/* The printf family, to memory. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include "format.h"

int vsnprintf(char *__restrict buf, size_t size, const char *__restrict fmt,
	      va_list ap)
{
	char none;
	struct uk_fmt_span to = { size ? buf : &none, size ? size - 1 : 0 };
	int rc = nolibc_vformat(uk_fmt_span_put, &to, fmt, ap);

	*to.at = 0;
	return nolibc_result(rc);
}

int snprintf(char *__restrict buf, size_t size, const char *__restrict fmt,
	     ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return rc;
}

int vsprintf(char *__restrict buf, const char *__restrict fmt, va_list ap)
{
	return vsnprintf(buf, INT_MAX, fmt, ap);
}

int sprintf(char *__restrict buf, const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vsprintf(buf, fmt, ap);
	va_end(ap);
	return rc;
}

int vasprintf(char **__restrict out, const char *__restrict fmt, va_list ap)
{
	va_list again;
	char *buf;
	int n;

	*out = NULL;
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return -1;
	buf = malloc((size_t)n + 1);
	if (!buf)
		return -1;
	*out = buf;
	return vsnprintf(buf, (size_t)n + 1, fmt, ap);
}

int asprintf(char **__restrict out, const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vasprintf(out, fmt, ap);
	va_end(ap);
	return rc;
}
