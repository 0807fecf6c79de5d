/* SPDX-License-Identifier: BSD-3-Clause */
/* The three descriptors: which are open, and what they are. */
#include <stdint.h>
#include <uk/syscall.h>
#include "console.h"

#define TIOCGWINSZ	0x5413
#define F_GETFD		1
#define F_SETFD		2
#define F_GETFL		3
#define F_SETFL		4
#define O_RDWR		2

struct size {
	uint16_t rows, columns, x, y;
};

static bool closed[3];

bool posix_console_open(int fd)
{
	return fd >= 0 && fd < 3 && !closed[fd];
}

UK_SYSCALL_R_DEFINE(int, close, int, fd)
{
	if (!posix_console_open(fd))
		return -EBADF;
	closed[fd] = true;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, ioctl, int, fd, unsigned long, what, void *, arg)
{
	struct size *size = arg;

	if (!posix_console_open(fd))
		return -EBADF;
	if (what != TIOCGWINSZ)
		return -ENOTTY;
	*size = (struct size){ .rows = 25, .columns = 80 };
	return 0;
}

UK_SYSCALL_R_DEFINE(int, fcntl, int, fd, int, what, long, arg)
{
	if (!posix_console_open(fd))
		return -EBADF;
	switch (what) {
	case F_GETFL:
		return O_RDWR;
	case F_GETFD:
	case F_SETFD:
	case F_SETFL:
		return 0;
	default:
		return -EINVAL;
	}
}

UK_SYSCALL_R_DEFINE(long, lseek, int, fd, long, offset, int, whence)
{
	return posix_console_open(fd) ? -ESPIPE : -EBADF;
}
