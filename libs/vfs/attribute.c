/* SPDX-License-Identifier: BSD-3-Clause */
/* What is kept of nodes beside their contents, and how long these are. */
#include <uk/syscall.h>
#include <uk/time.h>
#include "vfs.h"

#define RIGHTS 07777u
#define SAME UINT32_MAX
#define TIME_NOW 0x3fffffff
#define TIME_SAME 0x3ffffffe
#define KEEP_SIZE 1

struct timespec {
	int64_t sec, nsec;
};

static uint32_t mask = 022;

uint32_t vfs_rights(uint32_t mode)
{
	return mode & RIGHTS & ~mask;
}

UK_SYSCALL_R_DEFINE(int, umask, uint32_t, set)
{
	uint32_t before = mask;

	mask = set & 0777;
	return (int)before;
}

int vfs_truncate(struct uk_node *n, int64_t size)
{
	int rc;

	if (vfs_is_dir(n))
		return -EISDIR;
	if (size < 0 || uk_node_kind(n) != UK_S_FILE || !n->ops->truncate)
		return -EINVAL;
	rc = n->ops->truncate(n, size);
	if (!rc)
		n->change = n->status = uk_vfs_now();
	return rc;
}

/* Of a descriptor that is open for writing. */
static int with_fd(int fd, struct uk_node **n)
{
	struct uk_file *f = uk_fd_get(fd);
	int rc = 0;

	if (!f)
		return -EBADF;
	if (!(f->flags & UK_O_ACCMODE))
		rc = -EINVAL;
	uk_file_put(f);
	return rc ? rc : vfs_node_at(fd, n);
}

UK_SYSCALL_R_DEFINE(int, ftruncate, int, fd, int64_t, size)
{
	struct uk_node *n;
	int rc = with_fd(fd, &n);

	if (rc)
		return rc;
	rc = vfs_truncate(n, size);
	uk_node_put(n);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, truncate, const char *, path, int64_t, size)
{
	struct uk_node *n;
	int rc = vfs_find(AT_FDCWD, path, 0, &n);

	if (rc)
		return rc;
	rc = vfs_truncate(n, size);
	uk_node_put(n);
	return rc;
}

/* Room is given when it is written to: only the length is seen to. */
UK_SYSCALL_R_DEFINE(int, fallocate, int, fd, int, how, int64_t, from,
		    int64_t, len)
{
	struct uk_node *n;
	int64_t end;
	int rc;

	if (from < 0 || len <= 0)
		return -EINVAL;
	if (__builtin_add_overflow(from, len, &end))
		return -EFBIG;
	if (how & ~KEEP_SIZE)
		return -EOPNOTSUPP;
	rc = with_fd(fd, &n);
	if (rc)
		return rc;
	if (!how && end > n->size)
		rc = vfs_truncate(n, end);
	uk_node_put(n);
	return rc;
}

/* ---- rights, owners ---------------------------------------------------- */

static int set_mode(int at, const char *path, int flags, uint32_t mode)
{
	struct uk_node *n;
	int rc;

	if (flags & ~(AT_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	rc = vfs_find(at, path, flags, &n);
	if (rc)
		return rc;
	if (uk_node_kind(n) == UK_S_LINK)
		rc = -EOPNOTSUPP;
	else
		n->mode = (n->mode & ~RIGHTS) | (mode & RIGHTS);
	n->status = uk_vfs_now();
	uk_node_put(n);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, chmod, const char *, path, uint32_t, mode)
{
	return set_mode(AT_FDCWD, path, 0, mode);
}

UK_SYSCALL_R_DEFINE(int, fchmod, int, fd, uint32_t, mode)
{
	return set_mode(fd, "", AT_EMPTY_PATH, mode);
}

UK_SYSCALL_R_DEFINE(int, fchmodat, int, at, const char *, path, uint32_t, mode)
{
	return set_mode(at, path, 0, mode);
}

UK_SYSCALL_R_DEFINE(int, fchmodat2, int, at, const char *, path, uint32_t, mode,
		    int, flags)
{
	return set_mode(at, path, flags, mode);
}

static int set_owner(int at, const char *path, int flags, uint32_t uid,
		     uint32_t gid)
{
	struct uk_node *n;
	int rc;

	if (flags & ~(AT_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	rc = vfs_find(at, path, flags, &n);
	if (rc)
		return rc;
	if (uid != SAME)
		n->uid = uid;
	if (gid != SAME)
		n->gid = gid;
	n->status = uk_vfs_now();
	uk_node_put(n);
	return 0;
}

UK_SYSCALL_R_DEFINE(int, chown, const char *, path, uint32_t, uid,
		    uint32_t, gid)
{
	return set_owner(AT_FDCWD, path, 0, uid, gid);
}

UK_SYSCALL_R_DEFINE(int, lchown, const char *, path, uint32_t, uid,
		    uint32_t, gid)
{
	return set_owner(AT_FDCWD, path, AT_NOFOLLOW, uid, gid);
}

UK_SYSCALL_R_DEFINE(int, fchown, int, fd, uint32_t, uid, uint32_t, gid)
{
	return set_owner(fd, "", AT_EMPTY_PATH, uid, gid);
}

UK_SYSCALL_R_DEFINE(int, fchownat, int, at, const char *, path, uint32_t, uid,
		    uint32_t, gid, int, flags)
{
	return set_owner(at, path, flags, uid, gid);
}

/* ---- times --------------------------------------------------------------- */

/* What ts asks for into *ns. */
static int pick(const struct timespec *ts, uint64_t *ns)
{
	const struct uk_timespec t = { ts->sec, (int32_t)ts->nsec };

	if (ts->nsec == TIME_SAME)
		return 0;
	if (ts->nsec == TIME_NOW) {
		*ns = uk_vfs_now();
		return 0;
	}
	return t.nsec != ts->nsec ? -EINVAL : uk_time_join(&t, ns);
}

UK_SYSCALL_R_DEFINE(int, utimensat, int, at, const char *, path,
		    const struct timespec *, ts, int, flags)
{
	static const struct timespec now[2] = { { 0, TIME_NOW },
						{ 0, TIME_NOW } };
	uint64_t access, change;
	struct uk_node *n;
	int rc;

	if (flags & ~(AT_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	/* futimens() has no path. */
	rc = path ? vfs_find(at, path, flags, &n) :
		vfs_find(at, "", AT_EMPTY_PATH, &n);
	if (rc)
		return rc;
	access = n->access;
	change = n->change;
	ts = ts ? ts : now;
	rc = pick(&ts[0], &access);
	if (!rc)
		rc = pick(&ts[1], &change);
	if (!rc) {
		n->access = access;
		n->change = change;
		n->status = uk_vfs_now();
	}
	uk_node_put(n);
	return rc;
}
