/* SPDX-License-Identifier: BSD-3-Clause */
/* What is asked and set of an open file. */
#include <uk/syscall.h>
#include "fdtab.h"

enum {
	F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK,
	F_SETLKW, F_SETOWN, F_GETOWN, F_OFD_GETLK = 36, F_OFD_SETLK,
	F_OFD_SETLKW, F_DUPFD_CLOEXEC = 1030,
};
#define FD_CLOEXEC 1
#define MAY_CHANGE (UK_O_APPEND | UK_O_NONBLOCK)

#define F_UNLCK 2
#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_NB 4
#define LOCK_UN 8

#define FIONBIO 0x5421
#define FIOCLEX 0x5451
#define FIONCLEX 0x5450

/* As the kernel lays it out, as far as it is used. */
struct lock {
	int16_t kind, whence;
	int64_t start, len;
	int pid;
};

/* Locks stand between processes: there is one, which gets them all. */
static int locks(int what, struct lock *l)
{
	if (what == F_GETLK || what == F_OFD_GETLK)
		l->kind = F_UNLCK;
	else if (l->kind < 0 || l->kind > F_UNLCK)
		return -EINVAL;
	return 0;
}

static int control(struct uk_file *f, int fd, int what, long arg)
{
	switch (what) {
	case F_DUPFD:
		return fd_again(fd, 0, (int)arg);
	case F_DUPFD_CLOEXEC:
		return fd_again(fd, UK_O_CLOEXEC, (int)arg);
	case F_GETFD:
		return fd_cloexec(fd, -1) ? FD_CLOEXEC : 0;
	case F_SETFD:
		fd_cloexec(fd, arg & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return (int)f->flags;
	case F_SETFL:
		f->flags = (f->flags & ~MAY_CHANGE) | (arg & MAY_CHANGE);
		return 0;
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return locks(what, (struct lock *)arg);
	case F_SETOWN:
	case F_GETOWN:
		return 0;	/* nobody sends SIGIO */
	default:
		return -EINVAL;
	}
}

UK_SYSCALL_R_DEFINE(int, fcntl, int, fd, int, what, long, arg)
{
	struct uk_file *f = uk_fd_get(fd);
	int rc;

	if (!f)
		return -EBADF;
	rc = control(f, fd, what, arg);
	uk_file_put(f);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, flock, int, fd, int, what)
{
	int kind = what & ~LOCK_NB;

	if (kind != LOCK_SH && kind != LOCK_EX && kind != LOCK_UN)
		return -EINVAL;
	return fd_cloexec(fd, -1) < 0 ? -EBADF : 0;
}

static int special(struct uk_file *f, int fd, unsigned long what, void *arg)
{
	switch (what) {
	case FIONBIO:
		f->flags &= ~UK_O_NONBLOCK;
		if (*(const int *)arg)
			f->flags |= UK_O_NONBLOCK;
		return 0;
	case FIOCLEX:
	case FIONCLEX:
		fd_cloexec(fd, what == FIOCLEX);
		return 0;
	default:
		return f->ops->ioctl ? f->ops->ioctl(f, what, arg) : -ENOTTY;
	}
}

UK_SYSCALL_R_DEFINE(int, ioctl, int, fd, unsigned long, what, void *, arg)
{
	struct uk_file *f = uk_fd_get(fd);
	int rc;

	if (!f)
		return -EBADF;
	/* An int for the kernel. */
	rc = special(f, fd, (uint32_t)what, arg);
	uk_file_put(f);
	return rc;
}
