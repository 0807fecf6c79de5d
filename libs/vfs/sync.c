/* SPDX-License-Identifier: BSD-3-Clause */
/* Nothing is held back that could be written out: what is written is there. */
#include <uk/syscall.h>
#include "vfs.h"

static int known(int fd)
{
	struct uk_file *f = uk_fd_get(fd);
	int rc = 0;

	if (!f)
		return -EBADF;
	if (!f->ops->size)
		rc = -EINVAL;
	uk_file_put(f);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, fsync, int, fd)
{
	return known(fd);
}

UK_SYSCALL_R_DEFINE(int, fdatasync, int, fd)
{
	return known(fd);
}

UK_SYSCALL_R_DEFINE(int, syncfs, int, fd)
{
	return known(fd);
}

UK_SYSCALL_R_DEFINE(int, sync)
{
	return 0;
}

UK_SYSCALL_R_DEFINE(int, fadvise64, int, fd, int64_t, from, int64_t, len,
		    int, advice)
{
	(void)from;
	if (len < 0 || advice < 0 || advice > 5)
		return -EINVAL;
	return known(fd) == -EBADF ? -EBADF : 0;
}
