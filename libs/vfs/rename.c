/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/syscall.h>
#include "vfs.h"

#define NOREPLACE 1u

/* Is `dir` n, or somewhere below it? */
static bool within(struct uk_node *dir, const struct uk_node *n)
{
	struct uk_node *above;

	while (dir && dir != n) {
		above = vfs_above(dir);
		if (above == dir)
			return false;
		dir = above;
	}
	return dir == n;
}

static int check(const struct walk *a, const struct walk *b, unsigned int flags)
{
	bool dir;

	if (!a->node)
		return -ENOENT;
	if (!a->len || !b->len || vfs_is_root(a->node))
		return -EBUSY;
	dir = vfs_is_dir(a->node);
	if (b->slash && !dir)
		return -ENOTDIR;
	if (b->node) {
		if (flags & NOREPLACE)
			return -EEXIST;
		if (vfs_is_root(b->node))
			return -EBUSY;
		if (dir != vfs_is_dir(b->node))
			return dir ? -ENOTDIR : -EISDIR;
	}
	if (a->dir->dev != b->dir->dev)
		return -EXDEV;
	if (dir && within(b->dir, a->node))
		return -EINVAL;
	return a->dir->ops->rename ? 0 : -EPERM;
}

static int move(const struct walk *a, const struct walk *b, unsigned int flags)
{
	int rc = check(a, b, flags);

	if (rc)
		return rc;
	if (a->node == b->node)
		return 0;	/* two names of one: both stay */
	rc = a->dir->ops->rename(a->dir, a->name, a->len, a->node, b->dir,
				 b->name, b->len, b->node);
	if (!rc)
		a->dir->change = b->dir->change = a->node->status =
			uk_vfs_now();
	return rc;
}

static int rename_at(int from_at, const char *from, int to_at, const char *to,
		     unsigned int flags)
{
	struct walk a, b;
	int rc;

	if (flags & ~NOREPLACE)
		return -EINVAL;
	rc = vfs_walk(from_at, from, false, &a);
	if (rc)
		return rc;
	rc = vfs_walk(to_at, to, false, &b);
	if (!rc) {
		rc = move(&a, &b, flags);
		vfs_walk_end(&b);
	}
	vfs_walk_end(&a);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, rename, const char *, from, const char *, to)
{
	return rename_at(AT_FDCWD, from, AT_FDCWD, to, 0);
}

UK_SYSCALL_R_DEFINE(int, renameat, int, from_at, const char *, from,
		    int, to_at, const char *, to)
{
	return rename_at(from_at, from, to_at, to, 0);
}

UK_SYSCALL_R_DEFINE(int, renameat2, int, from_at, const char *, from,
		    int, to_at, const char *, to, unsigned int, flags)
{
	return rename_at(from_at, from, to_at, to, flags);
}
