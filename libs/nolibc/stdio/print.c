/* SPDX-License-Identifier: BSD-3-Clause */
/* The printf family, to streams. */
#include <unistd.h>
#include <errno.h>
#include "format.h"
#include "stream.h"

int vfprintf(FILE *__restrict f, const char *__restrict fmt, va_list ap)
{
	int rc = nolibc_vformat(nolibc_stream_put, f, fmt, ap);

	return nolibc_result(f == stdin ? -EBADF : rc);
}

int fprintf(FILE *__restrict f, const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vfprintf(f, fmt, ap);
	va_end(ap);
	return rc;
}

int vprintf(const char *__restrict fmt, va_list ap)
{
	return vfprintf(stdout, fmt, ap);
}

int printf(const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vprintf(fmt, ap);
	va_end(ap);
	return rc;
}

static void put_fd(void *arg, const char *s, size_t n)
{
	write(*(int *)arg, s, n);
}

int vdprintf(int fd, const char *__restrict fmt, va_list ap)
{
	if (write(fd, "", 0) < 0)
		return -1;
	return nolibc_result(nolibc_vformat(put_fd, &fd, fmt, ap));
}

int dprintf(int fd, const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vdprintf(fd, fmt, ap);
	va_end(ap);
	return rc;
}
