/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/syscall.h>
#include "vfs.h"

#define O_NOCTTY 0400u
#define O_TMPFILE 020000000u
/* Only for the call that opens. */
#define ONCE (UK_O_CREAT | UK_O_EXCL | UK_O_TRUNC | UK_O_CLOEXEC | \
	      UK_O_DIRECTORY | UK_O_NOFOLLOW | O_NOCTTY)

/* May what is there be opened so? */
static int check(const struct uk_node *n, unsigned int flags)
{
	if (uk_node_kind(n) == UK_S_LINK && !(flags & UK_O_PATH))
		return -ELOOP;
	if (!vfs_is_dir(n))
		return flags & UK_O_DIRECTORY ? -ENOTDIR : 0;
	if (flags & UK_O_CREAT ||
	    (flags & UK_O_ACCMODE && !(flags & UK_O_PATH)))
		return -EISDIR;
	return 0;
}

/* What is there where w ends, or comes to be; with a reference. */
static int reach(struct walk *w, unsigned int flags, uint32_t mode,
		 struct uk_node **n)
{
	int rc;

	if (!w->node) {
		if (!(flags & UK_O_CREAT))
			return -ENOENT;
		if (w->slash)
			return -EISDIR;
		return vfs_create(w, UK_S_FILE | vfs_rights(mode), NULL, n);
	}
	if (flags & UK_O_CREAT && flags & UK_O_EXCL)
		return -EEXIST;
	rc = check(w->node, flags);
	if (!rc && flags & UK_O_TRUNC && flags & UK_O_ACCMODE &&
	    uk_node_kind(w->node) == UK_S_FILE)
		rc = vfs_truncate(w->node, 0);
	if (!rc)
		*n = uk_node_get(w->node);
	return rc;
}

static int open_at(int at, const char *path, unsigned int flags, uint32_t mode)
{
	bool follow = !(flags & UK_O_NOFOLLOW) &&
		      (flags & (UK_O_CREAT | UK_O_EXCL)) !=
		      (UK_O_CREAT | UK_O_EXCL);
	struct uk_node *n;
	struct uk_file *f;
	struct walk w;
	int rc;

	if ((flags & UK_O_ACCMODE) == UK_O_ACCMODE)
		return -EINVAL;
	if ((flags & O_TMPFILE) == O_TMPFILE)
		return -EOPNOTSUPP;
	if (flags & UK_O_PATH)
		flags &= UK_O_PATH | UK_O_CLOEXEC | UK_O_DIRECTORY |
			 UK_O_NOFOLLOW;
	rc = vfs_walk(at, path, follow, &w);
	if (rc)
		return rc;
	rc = reach(&w, flags, mode, &n);
	vfs_walk_end(&w);
	if (rc)
		return rc;
	rc = vfs_file_new(n, flags & ~ONCE, &f);
	uk_node_put(n);
	return rc ? rc : uk_fd_give(f, flags);
}

UK_SYSCALL_R_DEFINE(int, open, const char *, path, unsigned int, flags,
		    uint32_t, mode)
{
	return open_at(AT_FDCWD, path, flags, mode);
}

UK_SYSCALL_R_DEFINE(int, openat, int, at, const char *, path,
		    unsigned int, flags, uint32_t, mode)
{
	return open_at(at, path, flags, mode);
}

UK_SYSCALL_R_DEFINE(int, creat, const char *, path, uint32_t, mode)
{
	return open_at(AT_FDCWD, path, UK_O_WRONLY | UK_O_CREAT | UK_O_TRUNC,
		       mode);
}
