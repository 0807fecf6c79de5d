/* SPDX-License-Identifier: BSD-3-Clause */
/* Characters and strings onto a stream. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include "stream.h"

int fputc(int c, FILE *f)
{
	char byte = (char)c;

	return nolibc_stream_write(f, &byte, 1) ? (unsigned char)c : EOF;
}

int putc(int c, FILE *f)
{
	return fputc(c, f);
}

int putchar(int c)
{
	return fputc(c, stdout);
}

int fputs(const char *__restrict s, FILE *__restrict f)
{
	size_t n = strlen(s);

	return nolibc_stream_write(f, s, n) == n ? 0 : EOF;
}

int puts(const char *s)
{
	if (fputs(s, stdout) < 0)
		return EOF;
	return fputc('\n', stdout) < 0 ? EOF : 0;
}

size_t fwrite(const void *__restrict p, size_t size, size_t n,
	      FILE *__restrict f)
{
	size_t bytes;

	if (__builtin_mul_overflow(size, n, &bytes)) {
		f->error = true;
		errno = EOVERFLOW;
		return 0;
	}
	if (!bytes)
		return 0;
	return nolibc_stream_write(f, p, bytes) ? n : 0;
}

void perror(const char *s)
{
	const char *why = strerror(errno);

	if (s && *s) {
		fputs(s, stderr);
		fputs(": ", stderr);
	}
	fputs(why, stderr);
	fputc('\n', stderr);
}
