/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to know about a path. */
#include <uk/str.h>
#include <uk/syscall.h>
#include "vfs.h"

#define ANY_MAY_RUN 0111u
#define X_OK 1
#define ALL_OK 7

/* As the kernel lays it out. */
struct statfs {
	uint64_t kind, block_size, blocks, blocks_free, blocks_available,
		 files, files_free, id, name_max, fragment, flags, more[4];
};
UK_CTASSERT(sizeof(struct statfs) == 120);

static int stat_at(int at, const char *path, int flags, struct uk_stat *st)
{
	struct uk_node *n;
	int rc = vfs_find(at, path, flags, &n);

	if (rc)
		return rc;
	vfs_stat(n, st);
	uk_node_put(n);
	return 0;
}

UK_SYSCALL_R_DEFINE(int, stat, const char *, path, struct uk_stat *, st)
{
	return stat_at(AT_FDCWD, path, 0, st);
}

UK_SYSCALL_R_DEFINE(int, lstat, const char *, path, struct uk_stat *, st)
{
	return stat_at(AT_FDCWD, path, AT_NOFOLLOW, st);
}

UK_SYSCALL_R_DEFINE(int, newfstatat, int, at, const char *, path,
		    struct uk_stat *, st, int, flags)
{
	return stat_at(at, path, flags, st);
}

/* Everything may be read and written; run, where somebody may. */
static int access_at(int at, const char *path, int want, int flags)
{
	struct uk_node *n;
	int rc;

	if (want & ~ALL_OK ||
	    flags & ~(AT_NOFOLLOW | AT_EMPTY_PATH | AT_EACCESS))
		return -EINVAL;
	rc = vfs_find(at, path, flags, &n);
	if (rc)
		return rc;
	if (want & X_OK && !vfs_is_dir(n) && !(n->mode & ANY_MAY_RUN))
		rc = -EACCES;
	uk_node_put(n);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, access, const char *, path, int, want)
{
	return access_at(AT_FDCWD, path, want, 0);
}

UK_SYSCALL_R_DEFINE(int, faccessat, int, at, const char *, path, int, want)
{
	return access_at(at, path, want, 0);
}

UK_SYSCALL_R_DEFINE(int, faccessat2, int, at, const char *, path, int, want,
		    int, flags)
{
	return access_at(at, path, want, flags);
}

static long link_of(int at, const char *path, char *buf, int room)
{
	struct uk_node *n;
	const char *target;
	long rc = room <= 0 ? -EINVAL :
		vfs_find(at, path, AT_NOFOLLOW | AT_EMPTY_PATH, &n);

	if (rc)
		return rc;
	rc = -EINVAL;
	if (uk_node_kind(n) == UK_S_LINK) {
		target = n->ops->target(n);
		rc = (long)UK_MIN(strlen(target), (size_t)room);
		memcpy(buf, target, (size_t)rc);
	}
	uk_node_put(n);
	return rc;
}

UK_SYSCALL_R_DEFINE(long, readlink, const char *, path, char *, buf, int, room)
{
	return link_of(AT_FDCWD, path, buf, room);
}

UK_SYSCALL_R_DEFINE(long, readlinkat, int, at, const char *, path, char *, buf,
		    int, room)
{
	return link_of(at, path, buf, room);
}

static void fill(const struct uk_node *n, struct statfs *st)
{
	memset(st, 0, sizeof(*st));
	st->kind = 0x01021994;	/* TMPFS_MAGIC */
	st->block_size = st->fragment = 4096;
	st->name_max = UK_NAME_MAX;
	st->id = n->dev;
}

UK_SYSCALL_R_DEFINE(int, statfs, const char *, path, struct statfs *, st)
{
	struct uk_node *n;
	int rc = vfs_find(AT_FDCWD, path, 0, &n);

	if (rc)
		return rc;
	fill(n, st);
	uk_node_put(n);
	return 0;
}

UK_SYSCALL_R_DEFINE(int, fstatfs, int, fd, struct statfs *, st)
{
	struct uk_node *n;
	int rc = vfs_node_at(fd, &n);

	if (rc)
		return rc;
	fill(n, st);
	uk_node_put(n);
	return 0;
}
