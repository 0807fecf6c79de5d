/* SPDX-License-Identifier: BSD-3-Clause */
/* Which file each descriptor stands for. */
#include <uk/config.h>
#include <uk/syscall.h>
#include "fdtab.h"

#define CLOSE_RANGE_CLOEXEC 4u

static struct entry {
	struct uk_file *file;	/* NULL: free */
	bool cloexec;		/* told to who asks: nothing is executed */
} table[CONFIG_LIBPOSIX_FDTAB_SIZE];

/* NULL: there is no such descriptor. */
static struct entry *find(int fd)
{
	if (fd < 0 || fd >= CONFIG_LIBPOSIX_FDTAB_SIZE || !table[fd].file)
		return NULL;
	return &table[fd];
}

/* The lowest free one from `from` on. */
static int lowest(struct uk_file *f, unsigned int flags, long from)
{
	for (long i = from; i < CONFIG_LIBPOSIX_FDTAB_SIZE; i++)
		if (!table[i].file) {
			table[i].file = f;
			table[i].cloexec = flags & UK_O_CLOEXEC;
			return (int)i;
		}
	return -EMFILE;
}

int uk_fd_add(struct uk_file *f, unsigned int flags)
{
	return lowest(f, flags, 0);
}

int uk_fd_give(struct uk_file *f, unsigned int flags)
{
	int fd = lowest(f, flags, 0);

	if (fd < 0)
		uk_file_put(f);
	return fd;
}

struct uk_file *uk_fd_get(int fd)
{
	struct entry *e = find(fd);

	return e ? uk_file_get(e->file) : NULL;
}

int uk_fd_close(int fd)
{
	struct entry *e = find(fd);
	struct uk_file *f;

	if (!e)
		return -EBADF;
	f = e->file;
	e->file = NULL;
	uk_file_put(f);
	return 0;
}

int fd_again(int fd, unsigned int flags, long from)
{
	struct entry *e = find(fd);
	int rc;

	if (!e)
		return -EBADF;
	if (from < 0 || from >= CONFIG_LIBPOSIX_FDTAB_SIZE)
		return -EINVAL;
	rc = lowest(e->file, flags, from);
	if (rc >= 0)
		uk_file_get(e->file);
	return rc;
}

int fd_cloexec(int fd, int set)
{
	struct entry *e = find(fd);

	if (!e)
		return -EBADF;
	if (set >= 0)
		e->cloexec = set;
	return e->cloexec;
}

static int onto(int from, int to, unsigned int flags)
{
	struct entry *e = find(from);
	struct uk_file *old;

	if (!e || to < 0 || to >= CONFIG_LIBPOSIX_FDTAB_SIZE)
		return -EBADF;
	old = table[to].file;
	table[to].file = uk_file_get(e->file);
	table[to].cloexec = flags & UK_O_CLOEXEC;
	if (old)
		uk_file_put(old);
	return to;
}

UK_SYSCALL_R_DEFINE(int, close, int, fd)
{
	return uk_fd_close(fd);
}

UK_SYSCALL_R_DEFINE(int, close_range, unsigned int, first, unsigned int, last,
		    unsigned int, flags)
{
	if (first > last || flags & ~CLOSE_RANGE_CLOEXEC)
		return -EINVAL;
	last = UK_MIN(last, CONFIG_LIBPOSIX_FDTAB_SIZE - 1u);
	for (unsigned int fd = first; fd <= last; fd++) {
		if (flags & CLOSE_RANGE_CLOEXEC)
			fd_cloexec((int)fd, true);
		else
			uk_fd_close((int)fd);
	}
	return 0;
}

UK_SYSCALL_R_DEFINE(int, dup, int, fd)
{
	return fd_again(fd, 0, 0);
}

UK_SYSCALL_R_DEFINE(int, dup2, int, from, int, to)
{
	if (from == to)
		return find(from) ? to : -EBADF;
	return onto(from, to, 0);
}

UK_SYSCALL_R_DEFINE(int, dup3, int, from, int, to, unsigned int, flags)
{
	if (from == to || flags & ~UK_O_CLOEXEC)
		return -EINVAL;
	return onto(from, to, flags);
}
