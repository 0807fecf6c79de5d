/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/syscall.h>
#include <uk/time.h>
#include "vfs.h"

struct uk_node *vfs_root, *vfs_cwd;

uint64_t uk_vfs_now(void)
{
	uint64_t wall = uk_time_wall();

	return wall ? wall : uk_time_ns();
}

uint64_t uk_vfs_new_dev(void)
{
	static uint64_t last;

	return ++last;
}

void uk_node_init(struct uk_node *n, const struct uk_node_ops *ops,
		  uint32_t mode, uint64_t dev, uint64_t ino)
{
	uint64_t now = uk_vfs_now();

	*n = (struct uk_node){
		.ops = ops, .mode = mode, .dev = dev, .ino = ino,
		.access = now, .change = now, .status = now,
	};
	uk_refcount_init(&n->refs, 1);
}

void uk_node_put(struct uk_node *n)
{
	if (uk_refcount_release(&n->refs))
		n->ops->close(n);
}

struct uk_node *vfs_above(struct uk_node *n)
{
	while (n->covers)
		n = n->covers;
	return n == vfs_root ? n : n->parent;
}

int uk_vfs_mkdir(const char *path, uint32_t mode)
{
	struct uk_node *node = NULL;
	struct walk w;
	int rc = vfs_walk(AT_FDCWD, path, true, &w);

	if (rc)
		return rc;
	if (w.node)
		rc = vfs_is_dir(w.node) ? 0 : -EEXIST;
	else
		rc = vfs_create(&w, UK_S_DIR | mode, NULL, &node);
	if (node)
		uk_node_put(node);
	vfs_walk_end(&w);
	return rc;
}

int uk_vfs_write(const char *path, uint32_t mode, const void *data, size_t len)
{
	const struct uk_iovec v = { (void *)(uintptr_t)data, len };
	struct uk_node *node;
	struct uk_iter it;
	struct walk w;
	long rc = vfs_walk(AT_FDCWD, path, true, &w);

	if (rc)
		return (int)rc;
	if (!w.node && !(rc = vfs_create(&w, UK_S_FILE | mode, NULL, &node))) {
		uk_iter_init(&it, &v, 1);
		rc = node->ops->write(node, &it, 0);
		if (rc >= 0)
			rc = it.left ? -ENOSPC : 0;
		uk_node_put(node);
	}
	vfs_walk_end(&w);
	return (int)rc;
}

int uk_vfs_mount(const char *path, struct uk_node *root)
{
	struct uk_node *at;
	int rc;

	if (!vfs_is_dir(root))
		return -ENOTDIR;
	if (!vfs_root) {
		vfs_root = root;
		vfs_cwd = uk_node_get(root);
		return 0;
	}
	rc = vfs_find(AT_FDCWD, path, 0, &at);
	if (rc)
		return rc;
	/* What is mounted there would have been found in its place. */
	if (!vfs_is_dir(at) || vfs_is_root(at)) {
		rc = vfs_is_dir(at) ? -EBUSY : -ENOTDIR;
		uk_node_put(at);
		return rc;
	}
	/* Both for good: the reference is the mount's. */
	at->mounted = root;
	root->covers = at;
	return 0;
}
