/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/str.h>
#include <uk/syscall.h>
#include "fdtab.h"

#define NO_KIND 0600u
#define BLOCK 4096

UK_SYSCALL_R_DEFINE(int, fstat, int, fd, struct uk_stat *, st)
{
	struct uk_file *f = uk_fd_get(fd);
	int rc = 0;

	if (!f)
		return -EBADF;
	memset(st, 0, sizeof(*st));
	st->block_size = BLOCK;
	st->mode = NO_KIND;
	st->links = 1;
	if (f->ops->stat)
		rc = f->ops->stat(f, st);
	uk_file_put(f);
	return rc;
}
