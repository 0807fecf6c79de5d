/* SPDX-License-Identifier: BSD-3-Clause */
/* What goes through the descriptors. */
#include <stdint.h>
#include <uk/plat.h>
#include <uk/syscall.h>
#include <uk/thread.h>
#include "console.h"

/* As the kernel lays it out. */
struct piece {
	char *base;
	size_t len;
};

#define MAX_PIECES 1024
#define PAUSE 1000000	/* ns; the console has no interrupt */

static ssize_t take(char *buf, size_t len)
{
	size_t n;

	if (!len)
		return 0;
	while (!(n = ukplat_console_read(buf, len)))
		uk_thread_sleep(PAUSE);
	for (size_t i = 0; i < n; i++)
		if (buf[i] == '\r')
			buf[i] = '\n';
	return (ssize_t)n;
}

/* Lengths are checked before anything moves. */
static ssize_t total(const struct piece *v, int n)
{
	size_t sum = 0;

	if (n < 0 || n > MAX_PIECES)
		return -EINVAL;
	for (int i = 0; i < n; i++)
		if (__builtin_add_overflow(sum, v[i].len, &sum) ||
		    sum > PTRDIFF_MAX)
			return -EINVAL;
	return (ssize_t)sum;
}

UK_SYSCALL_R_DEFINE(ssize_t, read, int, fd, void *, buf, size_t, len)
{
	if (!posix_console_open(fd))
		return -EBADF;
	return take(buf, UK_MIN(len, (size_t)INT32_MAX));
}

UK_SYSCALL_R_DEFINE(ssize_t, write, int, fd, const void *, buf, size_t, len)
{
	if (!posix_console_open(fd))
		return -EBADF;
	len = UK_MIN(len, (size_t)INT32_MAX);
	ukplat_console_write(buf, len);
	return (ssize_t)len;
}

/* A terminal gives what is there: into the first piece that holds any. */
UK_SYSCALL_R_DEFINE(ssize_t, readv, int, fd, const struct piece *, v, int, n)
{
	ssize_t len = total(v, n);

	if (!posix_console_open(fd))
		return -EBADF;
	if (len <= 0)
		return len;
	while (!v->len)
		v++;
	return take(v->base, UK_MIN(v->len, (size_t)INT32_MAX));
}

UK_SYSCALL_R_DEFINE(ssize_t, writev, int, fd, const struct piece *, v, int, n)
{
	ssize_t len = total(v, n);

	if (!posix_console_open(fd))
		return -EBADF;
	for (int i = 0; len > 0 && i < n; i++)
		ukplat_console_write(v[i].base, v[i].len);
	return len;
}
