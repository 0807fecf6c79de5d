/* SPDX-License-Identifier: BSD-3-Clause */
/* From a path to a node, name by name. */
#include <uk/alloc.h>
#include <uk/str.h>
#include "vfs.h"

#define LINKS_MOST 40	/* in one path */

/* The folder that a path begins at, with a reference. */
static int start(int at, const char *path, struct uk_node **dir)
{
	int rc;

	if (*path == '/' || at == AT_FDCWD) {
		struct uk_node *n = *path == '/' ? vfs_root : vfs_cwd;

		if (!n)
			return -ENOENT;	/* nothing is mounted */
		*dir = uk_node_get(n);
		return 0;
	}
	rc = vfs_node_at(at, dir);
	return rc == -EINVAL ? -ENOTDIR : rc;
}

/* One name within w->dir. */
static int step(struct walk *w, struct uk_node **node)
{
	struct uk_node *n;
	int rc;

	if (!vfs_is_dir(w->dir))
		return -ENOTDIR;
	if (w->len > UK_NAME_MAX)
		return -ENAMETOOLONG;
	if (w->len == 1 && w->name[0] == '.') {
		n = w->dir;
	} else if (w->len == 2 && !memcmp(w->name, "..", 2)) {
		n = vfs_above(w->dir);
		if (!n)
			return -ENOENT;
	} else {
		rc = w->dir->ops->lookup(w->dir, w->name, w->len, node);
		if (rc || !(*node)->mounted)
			return rc;
		for (n = *node; n->mounted; n = n->mounted)
			;
		uk_node_get(n);
		uk_node_put(*node);
		*node = n;
		return 0;
	}
	/* It has been come to by no name of its own. */
	w->len = 0;
	for (; n->mounted; n = n->mounted)
		;
	*node = uk_node_get(n);
	return 0;
}

/* The link's target stands in the place of its name, before the rest. */
static int put_in(struct walk *w, struct uk_node *link, const char **rest)
{
	const char *target = link->ops->target(link);
	size_t a = strlen(target), b = strlen(*rest);
	char *buf;

	if (!a)
		return -ENOENT;
	if (a + b + 1 >= UK_PATH_MAX)
		return -ENAMETOOLONG;
	buf = uk_malloc(NULL, a + b + 2);
	if (!buf)
		return -ENOMEM;
	memcpy(buf, target, a);
	if (w->slash)	/* as there is before any rest */
		buf[a++] = '/';
	memcpy(buf + a, *rest, b + 1);
	uk_free(NULL, w->buf);
	w->buf = buf;
	*rest = buf;
	if (*buf == '/') {
		uk_node_put(w->dir);
		w->dir = uk_node_get(vfs_root);
	}
	return 0;
}

/* The next name of *rest: w->name, len, slash. False: there is none. */
static bool next(struct walk *w, const char **rest)
{
	const char *p = *rest;

	for (; *p == '/'; p++)
		;
	w->name = p;
	for (; *p && *p != '/'; p++)
		;
	w->len = (size_t)(p - w->name);
	w->slash = *p == '/';
	for (; *p == '/'; p++)
		;
	*rest = p;
	return w->len;
}

static int go(struct walk *w, const char *rest, bool follow)
{
	unsigned int links = 0;
	struct uk_node *n;
	int rc;

	while (next(w, &rest)) {
		n = NULL;
		rc = step(w, &n);
		/* The last name may be missing, but not "/" behind a file. */
		if (rc == -ENOENT && !*rest && w->len && w->dir->links)
			return 0;
		if (rc)
			return rc;
		if (uk_node_kind(n) == UK_S_LINK &&
		    (*rest || w->slash || follow)) {
			rc = ++links > LINKS_MOST ? -ELOOP :
				put_in(w, n, &rest);
			uk_node_put(n);
			if (rc)
				return rc;
			continue;
		}
		if (!*rest) {
			w->node = n;
			return w->slash && !vfs_is_dir(n) ? -ENOTDIR : 0;
		}
		uk_node_put(w->dir);
		w->dir = n;
	}
	/* Only slashes. */
	w->node = uk_node_get(w->dir);
	w->len = 0;
	return 0;
}

int vfs_walk(int at, const char *path, bool follow, struct walk *w)
{
	int rc;

	*w = (struct walk){ .dir = NULL };
	if (!*path)
		return -ENOENT;
	if (strnlen(path, UK_PATH_MAX) == UK_PATH_MAX)
		return -ENAMETOOLONG;
	rc = start(at, path, &w->dir);
	if (!rc)
		rc = go(w, path, follow);
	if (rc)
		vfs_walk_end(w);
	return rc;
}

void vfs_walk_end(struct walk *w)
{
	if (w->dir)
		uk_node_put(w->dir);
	if (w->node)
		uk_node_put(w->node);
	uk_free(NULL, w->buf);
}

int vfs_find(int at, const char *path, int flags, struct uk_node **node)
{
	struct walk w;
	int rc;

	if (!*path && flags & AT_EMPTY_PATH) {
		if (at != AT_FDCWD)
			return vfs_node_at(at, node);
		path = ".";
	}
	rc = vfs_walk(at, path, !(flags & AT_NOFOLLOW), &w);
	if (rc)
		return rc;
	if (w.node)
		*node = uk_node_get(w.node);
	else
		rc = -ENOENT;
	vfs_walk_end(&w);
	return rc;
}
