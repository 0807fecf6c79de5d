/* SPDX-License-Identifier: BSD-3-Clause */
/* Nodes as open files. */
#include <uk/alloc.h>
#include <uk/time.h>
#include "vfs.h"

struct vfile {
	struct uk_file file;
	struct uk_node *node;
};

static struct uk_node *node_of(struct uk_file *f)
{
	return uk_container_of(f, struct vfile, file)->node;
}

static long vfs_read(struct uk_file *f, struct uk_iter *to, int64_t *pos)
{
	struct uk_node *n = node_of(f);
	long done;

	if (vfs_is_dir(n))
		return -EISDIR;
	if (!n->ops->read)
		return -EINVAL;
	done = n->ops->read(n, to, *pos);
	if (done > 0)
		*pos += done;
	return done;
}

static long vfs_write(struct uk_file *f, struct uk_iter *from, int64_t *pos)
{
	struct uk_node *n = node_of(f);
	int64_t end;
	long done;

	if (!n->ops->write)
		return -EINVAL;
	if (f->flags & UK_O_APPEND)
		*pos = n->size;
	if (__builtin_add_overflow(*pos, (int64_t)from->left, &end))
		return -EFBIG;
	done = n->ops->write(n, from, *pos);
	if (done > 0) {
		*pos += done;
		n->change = n->status = uk_vfs_now();
	}
	return done;
}

static int64_t vfs_size(struct uk_file *f)
{
	return node_of(f)->size;
}

void vfs_stat(const struct uk_node *n, struct uk_stat *st)
{
	const uint64_t ns = UK_NSEC_PER_SEC;

	*st = (struct uk_stat){
		.dev = n->dev, .ino = n->ino, .links = n->links,
		.mode = n->mode, .uid = n->uid, .gid = n->gid,
		.rdev = n->rdev, .size = n->size, .block_size = 4096,
		.blocks = n->size / 512 + (n->size % 512 != 0),
		.access = { (int64_t)(n->access / ns),
			    (int64_t)(n->access % ns) },
		.change = { (int64_t)(n->change / ns),
			    (int64_t)(n->change % ns) },
		.status = { (int64_t)(n->status / ns),
			    (int64_t)(n->status % ns) },
	};
}

static int vfs_file_stat(struct uk_file *f, struct uk_stat *st)
{
	vfs_stat(node_of(f), st);
	return 0;
}

static void vfs_close(struct uk_file *f)
{
	uk_node_put(node_of(f));
	uk_free(NULL, uk_container_of(f, struct vfile, file));
}

static const struct uk_file_ops ops = {
	.name = "vfs",
	.read = vfs_read,
	.write = vfs_write,
	.size = vfs_size,
	.stat = vfs_file_stat,
	.close = vfs_close,
};

struct uk_node *vfs_node_of(struct uk_file *f)
{
	return f->ops == &ops ? uk_node_get(node_of(f)) : NULL;
}

int vfs_node_at(int fd, struct uk_node **node)
{
	struct uk_file *f = uk_fd_get(fd);

	if (!f)
		return -EBADF;
	*node = vfs_node_of(f);
	uk_file_put(f);
	return *node ? 0 : -EINVAL;
}

int vfs_file_new(struct uk_node *n, unsigned int flags, struct uk_file **f)
{
	struct vfile *v = uk_malloc(NULL, sizeof(*v));

	if (!v)
		return -ENOMEM;
	uk_file_init(&v->file, &ops, flags);
	v->node = uk_node_get(n);
	*f = &v->file;
	return 0;
}
