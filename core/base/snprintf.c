/* SPDX-License-Identifier: BSD-3-Clause */
/* The formatter into a buffer. */
#include <uk/fmt.h>
#include <uk/str.h>

struct span {
	char *at;
	size_t left;
};

static void put(void *arg, const char *s, size_t n)
{
	struct span *to = arg;

	if (n > to->left)
		n = to->left;
	memcpy(to->at, s, n);
	to->at += n;
	to->left -= n;
}

int uk_vsnprintf_hook(uk_fmt_hook hook, char *buf, size_t size,
		      const char *fmt, va_list ap)
{
	char none;
	struct span to = { size ? buf : &none, size ? size - 1 : 0 };
	int rc = uk_vformat_hook(hook, put, &to, fmt, ap);

	*to.at = 0;
	return rc;
}

int uk_vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	return uk_vsnprintf_hook(NULL, buf, size, fmt, ap);
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
