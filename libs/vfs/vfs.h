/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libvfs. */
#pragma once

#include <uk/fdtab.h>
#include <uk/vfs.h>

#define AT_FDCWD (-100)
#define AT_NOFOLLOW 0x100	/* AT_SYMLINK_NOFOLLOW */
#define AT_REMOVEDIR 0x200	/* of unlinkat */
#define AT_EACCESS 0x200	/* of faccessat */
#define AT_FOLLOW 0x400		/* AT_SYMLINK_FOLLOW */
#define AT_EMPTY_PATH 0x1000

/* Where a path leads. */
struct walk {
	struct uk_node *dir;	/* of the last name; NULL: it has none */
	const char *name;	/* "/", "." and ".." have none (len 0) */
	size_t len;
	bool slash;		/* behind it: a folder is meant */
	struct uk_node *node;	/* NULL: there is none of this name */
	char *buf;		/* the path, once links are put in */
};

/* node.c */
extern struct uk_node *vfs_root, *vfs_cwd;
static inline bool vfs_is_dir(const struct uk_node *n)
{
	return uk_node_kind(n) == UK_S_DIR;
}
/* Has the folder a name in its parent's file system only? */
static inline bool vfs_is_root(const struct uk_node *n)
{
	return n->covers || n == vfs_root;
}
/* The folder above, which is itself for "/"; no reference. NULL: it was
 * removed. */
struct uk_node *vfs_above(struct uk_node *n);

/*
 * walk.c: find path from the folder with descriptor `at` on. follow: the last
 * name, if it is a link. 0: w->node is what is there, or NULL and w->dir, name
 * where it would be. After 0 only: vfs_walk_end(). -ENOENT, -ENOTDIR, -ELOOP,
 * -ENAMETOOLONG, -EBADF.
 */
int vfs_walk(int at, const char *path, bool follow, struct walk *w);
void vfs_walk_end(struct walk *w);
/* What is there, with a reference; also -ENOENT if it is not. An empty path
 * is `at` itself with AT_EMPTY_PATH in flags; AT_NOFOLLOW. */
int vfs_find(int at, const char *path, int flags, struct uk_node **node);

/* file.c: the node of an open file with a reference; NULL: it has none. */
struct uk_node *vfs_node_of(struct uk_file *f);
/* The same of a descriptor. -EBADF, -EINVAL: it is none of ours. */
int vfs_node_at(int fd, struct uk_node **node);
/* Open it: with a reference of its own. */
int vfs_file_new(struct uk_node *n, unsigned int flags, struct uk_file **f);
void vfs_stat(const struct uk_node *n, struct uk_stat *st);

/* attribute.c: rights of a new node, less what the mask takes. */
uint32_t vfs_rights(uint32_t mode);
int vfs_truncate(struct uk_node *n, int64_t size);

/* change.c: a new node where w ends, which is not there yet. */
int vfs_create(struct walk *w, uint32_t mode, const char *target,
	       struct uk_node **node);
