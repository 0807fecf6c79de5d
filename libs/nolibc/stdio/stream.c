/* SPDX-License-Identifier: BSD-3-Clause */
/* The three streams, and writing to them. */
#include <errno.h>
#include <string.h>
#include <uk/plat.h>
#include <unistd.h>
#include "stream.h"

static char line[128];

static struct nolibc_file in = {
	.fd = STDIN_FILENO, .mode = _IONBF, .unread = EOF,
};
static struct nolibc_file out = {
	.fd = STDOUT_FILENO, .mode = _IOLBF, .unread = EOF,
	.buf = line, .size = sizeof(line),
};
static struct nolibc_file err = {
	.fd = STDERR_FILENO, .mode = _IONBF, .unread = EOF,
};
FILE *const stdin = &in, *const stdout = &out, *const stderr = &err;

ssize_t write(int fd, const void *buf, size_t n)
{
	if (fd != STDOUT_FILENO && fd != STDERR_FILENO) {
		errno = EBADF;
		return -1;
	}
	ukplat_console_write(buf, n);
	return (ssize_t)n;
}

int fflush(FILE *f)
{
	if (!f)
		f = stdout;
	if (f->used)
		ukplat_console_write(f->buf, f->used);
	f->used = 0;
	return 0;
}

size_t nolibc_stream_write(FILE *f, const char *s, size_t n)
{
	size_t left = n, part;

	if (f == stdin) {
		f->error = true;
		errno = EBADF;
		return 0;
	}
	if (f->mode == _IONBF) {
		ukplat_console_write(s, n);
		return n;
	}
	for (; left; s += part, left -= part) {
		part = f->size - f->used;
		if (part > left)
			part = left;
		memcpy(f->buf + f->used, s, part);
		f->used += part;
		if (f->used == f->size ||
		    (f->mode == _IOLBF && memchr(s, '\n', part)))
			fflush(f);
	}
	return n;
}

void nolibc_stream_put(void *arg, const char *s, size_t n)
{
	nolibc_stream_write(arg, s, n);
}

int setvbuf(FILE *__restrict f, char *__restrict buf, int mode, size_t size)
{
	if (f == stdin || mode < _IOFBF || mode > _IONBF) {
		errno = EINVAL;
		return -1;
	}
	fflush(f);
	if (buf && size) {
		f->buf = buf;
		f->size = size;
	}
	/* Without any buffer there is nothing to wait in. */
	f->mode = (signed char)(f->size ? mode : _IONBF);
	return 0;
}

void setbuf(FILE *__restrict f, char *__restrict buf)
{
	setvbuf(f, buf, buf ? _IOFBF : _IONBF, BUFSIZ);
}

int feof(FILE *f)
{
	return f->eof;
}

int ferror(FILE *f)
{
	return f->error;
}

void clearerr(FILE *f)
{
	f->eof = f->error = false;
}

int fileno(FILE *f)
{
	return f->fd;
}
