/* SPDX-License-Identifier: BSD-3-Clause */
/* Standard input and output. Their flags are shared with other processes, so
 * they are asked before each read instead of being made non-blocking. */
#include <uk/errno.h>
#include <uk/plat.h>
#include "linuxu.h"
#include "syscall.h"

#define STDIN 0
#define STDOUT 1
#define STDERR 2

static void write_all(int fd, const char *buf, size_t len)
{
	struct host_poll p = { fd, POLLOUT, 0 };
	long n;

	while (len) {
		n = sys3(SYS_WRITE, fd, buf, len);
		if (n == -EAGAIN) {
			sys5(SYS_PPOLL, &p, 1, 0, 0, 0);
		} else if (n > 0) {
			buf += n;
			len -= (size_t)n;
		} else if (n != -EINTR) {
			return;		/* nobody is there to read it */
		}
	}
}

void ukplat_console_write(const char *buf, size_t len)
{
	write_all(STDOUT, buf, len);
}

void linuxu_complain(const char *buf, size_t len)
{
	write_all(STDERR, buf, len);
}

size_t ukplat_console_read(char *buf, size_t len)
{
	struct host_poll p = { STDIN, POLLIN, 0 };
	struct host_time limit = { 0, 0 };
	long n;

	if (!len || sys5(SYS_PPOLL, &p, 1, &limit, 0, 0) <= 0)
		return 0;
	n = sys3(SYS_READ, STDIN, buf, len);
	return n > 0 ? (size_t)n : 0;
}
