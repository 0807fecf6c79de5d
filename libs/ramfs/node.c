/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/alloc.h>
#include <uk/config.h>
#include <uk/str.h>
#include "ramfs.h"

#define MOST (CONFIG_LIBRAMFS_MOST_KIB * (size_t)1024)

static size_t used;

bool ram_charge(size_t n)
{
	if (n > MOST - used)
		return false;
	used += n;
	return true;
}

void ram_discharge(size_t n)
{
	used -= n;
}

void *ram_take(size_t n)
{
	void *p;

	if (!ram_charge(n))
		return NULL;
	p = uk_malloc(NULL, n);
	if (!p)
		used -= n;
	return p;
}

void ram_give(void *p, size_t n)
{
	uk_free(NULL, p);
	used -= n;
}

static const char *ram_target(struct uk_node *node)
{
	return ram_of(node)->target;
}

/* A folder that nobody names is empty. */
static void ram_close(struct uk_node *node)
{
	struct ram *r = ram_of(node);

	if (uk_node_kind(node) == UK_S_LINK)
		ram_give(r->target, strlen(r->target) + 1);
	else if (uk_node_kind(node) == UK_S_FILE)
		ram_forget(r);
	ram_give(r, sizeof(*r));
}

const struct uk_node_ops ram_ops = {
	.name = "ramfs",
	.lookup = ram_lookup,
	.list = ram_list,
	.create = ram_create,
	.link = ram_link,
	.remove = ram_remove,
	.rename = ram_rename,
	.target = ram_target,
	.read = ram_read,
	.write = ram_write,
	.truncate = ram_truncate,
	.close = ram_close,
};

int ram_new(uint32_t mode, uint64_t dev, struct ram **out)
{
	static uint64_t last;
	struct ram *r = ram_take(sizeof(*r));

	if (!r)
		return -ENOSPC;
	memset(r, 0, sizeof(*r));
	uk_node_init(&r->node, &ram_ops, mode, dev, ++last);
	if ((mode & UK_S_FMT) == UK_S_DIR) {
		uk_list_init(&r->names);
		r->node.links = 1;	/* its own "." */
	}
	*out = r;
	return 0;
}

int uk_ramfs_new(struct uk_node **root)
{
	struct ram *r;
	int rc = ram_new(UK_S_DIR | 0755, uk_vfs_new_dev(), &r);

	if (rc)
		return rc;
	r->node.links++;	/* its own ".." */
	*root = &r->node;
	return 0;
}
