/* SPDX-License-Identifier: BSD-3-Clause */
/* The formatter into a buffer. */
#include <uk/fmt.h>
#include <uk/str.h>

void uk_fmt_span_put(void *arg, const char *s, size_t n)
{
	struct uk_fmt_span *to = arg;

	if (n > to->left)
		n = to->left;
	memcpy(to->at, s, n);
	to->at += n;
	to->left -= n;
}

int uk_vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	char none;
	struct uk_fmt_span to = { size ? buf : &none, size ? size - 1 : 0 };
	int rc = uk_vformat(uk_fmt_span_put, &to, fmt, ap);

	*to.at = 0;
	return rc;
}

int uk_snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = uk_vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return rc;
}
