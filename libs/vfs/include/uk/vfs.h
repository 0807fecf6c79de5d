/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Files by name: for file systems, and for who mounts them. A file system
 * embeds struct uk_node, one for each thing that it holds, in objects of its
 * own. Thread context; like operations on open files (uk/file.h), those on
 * nodes may not wait. Nobody else runs between two waits: no locks.
 */
#pragma once

#include <stdint.h>
#include <uk/file.h>

#define UK_NAME_MAX 255		/* bytes of a name */
#define UK_PATH_MAX 4096	/* of a path, with the closing NUL */

struct uk_node;

/* What lies in a folder. */
struct uk_entry {
	const char *name;	/* len bytes, not terminated */
	size_t len;
	uint64_t ino;
	uint32_t kind;		/* UK_S_* */
	int64_t cookie;		/* 0 or more, rising; stays its own */
};
/* False: no more of them. */
typedef bool (*uk_entry_fn)(void *arg, const struct uk_entry *e);

/*
 * What can be done with a node: read-only memory. Names are 1 to UK_NAME_MAX
 * bytes without '/' or NUL, and neither "." nor "..". NULL where nothing else
 * is said: -EPERM. Results: 0, or a negative errno.
 */
struct uk_node_ops {
	const char *name;	/* of the file system */

	/* -- of folders; never NULL there: lookup, list -- */
	/* The node of this name, with a reference. -ENOENT. */
	int (*lookup)(struct uk_node *dir, const char *name, size_t len,
		      struct uk_node **node);
	/* fn for each entry whose cookie is `from` or more, in their order. */
	void (*list)(struct uk_node *dir, int64_t from, uk_entry_fn fn,
		     void *arg);
	/* A new file, folder or link (mode, with UK_S_*), which is not there
	 * yet; target: what a link holds, else NULL. With a reference. */
	int (*create)(struct uk_node *dir, const char *name, size_t len,
		      uint32_t mode, const char *target,
		      struct uk_node **node);
	/* One more name, which is not there yet, for what is no folder. */
	int (*link)(struct uk_node *dir, const char *name, size_t len,
		    struct uk_node *node);
	/* Take away a name, which is node's. -ENOTEMPTY. */
	int (*remove)(struct uk_node *dir, const char *name, size_t len,
		      struct uk_node *node);
	/* node, which is `name` of dir, becomes `new` of to, in the place of
	 * `old` if that is not NULL: an empty folder where node is one (else
	 * -ENOTEMPTY), no folder where it is not. */
	int (*rename)(struct uk_node *dir, const char *name, size_t len,
		      struct uk_node *node, struct uk_node *to,
		      const char *new, size_t new_len, struct uk_node *old);

	/* -- of links: never NULL there. Valid as long as the node. -- */
	const char *(*target)(struct uk_node *node);

	/* -- of files and devices: as those of open files, at `pos` -- */
	long (*read)(struct uk_node *node, struct uk_iter *to, int64_t pos);
	long (*write)(struct uk_node *node, struct uk_iter *from, int64_t pos);
	/* The file becomes this long, 0 or more; what is new is zero. */
	int (*truncate)(struct uk_node *node, int64_t size);

	/* The last reference is gone, and no folder has it. Never NULL. */
	void (*close)(struct uk_node *node);
};

struct uk_node {
	const struct uk_node_ops *ops;
	struct uk_refcount refs;
	uint32_t mode, uid, gid;	/* mode with UK_S_* */
	uint32_t links;			/* names */
	uint64_t dev, ino, rdev;	/* dev: which file system */
	int64_t size;			/* bytes; the file system's to change */
	uint64_t access, change, status;	/* ns since 1970 */
	/* -- vfs', of folders -- */
	struct uk_node *parent;		/* NULL: a root, or it was removed; the
					 * file system's to change */
	struct uk_node *mounted;	/* what is seen in its place */
	struct uk_node *covers;		/* a root that is mounted: where */
};

/* One reference, the caller's; its times are now, no name. */
void uk_node_init(struct uk_node *n, const struct uk_node_ops *ops,
		  uint32_t mode, uint64_t dev, uint64_t ino);
static inline struct uk_node *uk_node_get(struct uk_node *n)
{
	uk_refcount_acquire(&n->refs);
	return n;
}
void uk_node_put(struct uk_node *n);
static inline uint32_t uk_node_kind(const struct uk_node *n)
{
	return n->mode & UK_S_FMT;
}
/* A number for another file system (dev), from 1. */
uint64_t uk_vfs_new_dev(void);
/* Nanoseconds since 1970, for times of nodes. */
uint64_t uk_vfs_now(void);

/* A folder, unless there is one (0): for who puts something in it. */
int uk_vfs_mkdir(const char *path, uint32_t mode);
/* A file of len bytes, unless something of that name is there (0). -ENOSPC. */
int uk_vfs_write(const char *path, uint32_t mode, const void *data, size_t len);
/*
 * Let root, the folder at the top of a file system, be seen at path; takes
 * over the caller's reference. The first one is "/", and the working folder.
 * -EBUSY: something is mounted there. -ENOTDIR; what finding path returns.
 */
int uk_vfs_mount(const char *path, struct uk_node *root);
