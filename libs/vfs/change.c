/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that come and go. */
#include <uk/str.h>
#include <uk/syscall.h>
#include "vfs.h"

static void touch(struct uk_node *dir)
{
	dir->change = dir->status = uk_vfs_now();
}

int vfs_create(struct walk *w, uint32_t mode, const char *target,
	       struct uk_node **node)
{
	int rc = -EPERM;

	if (w->dir->ops->create)
		rc = w->dir->ops->create(w->dir, w->name, w->len, mode, target,
					 node);
	if (!rc)
		touch(w->dir);
	return rc;
}

/* A folder, or a link. */
static int make(int at, const char *path, uint32_t mode, const char *target)
{
	struct uk_node *n;
	struct walk w;
	int rc = vfs_walk(at, path, false, &w);

	if (rc)
		return rc;
	if (w.node)
		rc = -EEXIST;
	else if (w.slash && target)
		rc = -ENOENT;
	else
		rc = vfs_create(&w, mode, target, &n);
	if (!rc)
		uk_node_put(n);
	vfs_walk_end(&w);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, mkdir, const char *, path, uint32_t, mode)
{
	return make(AT_FDCWD, path, UK_S_DIR | vfs_rights(mode), NULL);
}

UK_SYSCALL_R_DEFINE(int, mkdirat, int, at, const char *, path, uint32_t, mode)
{
	return make(at, path, UK_S_DIR | vfs_rights(mode), NULL);
}

static int make_link(const char *target, int at, const char *path)
{
	size_t len = strnlen(target, UK_PATH_MAX);

	if (!len || len == UK_PATH_MAX)
		return len ? -ENAMETOOLONG : -ENOENT;
	return make(at, path, UK_S_LINK | 0777, target);
}

UK_SYSCALL_R_DEFINE(int, symlink, const char *, target, const char *, path)
{
	return make_link(target, AT_FDCWD, path);
}

UK_SYSCALL_R_DEFINE(int, symlinkat, const char *, target, int, at,
		    const char *, path)
{
	return make_link(target, at, path);
}

/* Does the name mean something that may be taken away, a folder or not? */
static int removable(const struct walk *w, bool dir)
{
	if (!w->node)
		return -ENOENT;
	if (dir && !vfs_is_dir(w->node))
		return -ENOTDIR;
	if (!dir && vfs_is_dir(w->node))
		return -EISDIR;
	if (vfs_is_root(w->node))
		return -EBUSY;
	if (!w->len)
		return w->name[0] == '.' && w->name[1] == '.' ? -ENOTEMPTY :
			-EINVAL;
	return w->dir->ops->remove ? 0 : -EPERM;
}

static int take_away(int at, const char *path, bool dir)
{
	struct walk w;
	int rc = vfs_walk(at, path, false, &w);

	if (rc)
		return rc;
	rc = removable(&w, dir);
	if (!rc)
		rc = w.dir->ops->remove(w.dir, w.name, w.len, w.node);
	if (!rc) {
		touch(w.dir);
		w.node->status = uk_vfs_now();
	}
	vfs_walk_end(&w);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, unlink, const char *, path)
{
	return take_away(AT_FDCWD, path, false);
}

UK_SYSCALL_R_DEFINE(int, rmdir, const char *, path)
{
	return take_away(AT_FDCWD, path, true);
}

UK_SYSCALL_R_DEFINE(int, unlinkat, int, at, const char *, path, int, flags)
{
	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	return take_away(at, path, flags);
}

static int one_more(struct uk_node *n, int at, const char *path)
{
	struct walk w;
	int rc = vfs_walk(at, path, false, &w);

	if (rc)
		return rc;
	if (w.node)
		rc = -EEXIST;
	else if (w.slash)
		rc = -ENOENT;
	else if (w.dir->dev != n->dev)
		rc = -EXDEV;
	else if (vfs_is_dir(n) || !w.dir->ops->link)
		rc = -EPERM;
	else
		rc = w.dir->ops->link(w.dir, w.name, w.len, n);
	if (!rc) {
		touch(w.dir);
		n->status = uk_vfs_now();
	}
	vfs_walk_end(&w);
	return rc;
}

static int link_at(int from_at, const char *from, int to_at, const char *to,
		   int flags)
{
	struct uk_node *n;
	int rc;

	if (flags & ~(AT_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	rc = vfs_find(from_at, from, (flags & AT_EMPTY_PATH) |
		      (flags & AT_FOLLOW ? 0 : AT_NOFOLLOW), &n);
	if (rc)
		return rc;
	rc = one_more(n, to_at, to);
	uk_node_put(n);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, link, const char *, from, const char *, to)
{
	return link_at(AT_FDCWD, from, AT_FDCWD, to, 0);
}

UK_SYSCALL_R_DEFINE(int, linkat, int, from_at, const char *, from, int, to_at,
		    const char *, to, int, flags)
{
	return link_at(from_at, from, to_at, to, flags);
}
