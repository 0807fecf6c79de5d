/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/str.h>
#include "ramfs.h"

/* FNV-1a: so that names that differ are seldom compared. */
static uint32_t hash_of(const char *text, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619u;
	return h;
}

static struct name *find(struct uk_node *dir, const char *text, size_t len)
{
	uint32_t hash = hash_of(text, len);
	struct name *n;

	uk_list_for_each(n, &ram_of(dir)->names, link)
		if (n->hash == hash && n->len == len &&
		    !memcmp(n->text, text, len))
			return n;
	return NULL;
}

/* A name that belongs to no folder yet; takes no reference. */
static struct name *new_name(const char *text, size_t len, struct uk_node *node)
{
	struct name *n = ram_take(sizeof(*n) + len);

	if (!n)
		return NULL;
	n->node = node;
	n->hash = hash_of(text, len);
	n->len = (uint8_t)len;
	memcpy(n->text, text, len);
	return n;
}

/* The reference that n gets is the caller's no more. */
static void put_in(struct uk_node *dir, struct name *n)
{
	struct ram *r = ram_of(dir);

	n->cookie = r->next++;
	uk_list_add_tail(&r->names, &n->link);
	n->node->links++;
	dir->size++;
	if (uk_node_kind(n->node) == UK_S_DIR) {
		n->node->parent = dir;
		dir->links++;
	}
}

/* And back: the caller's. */
static struct uk_node *take_out(struct uk_node *dir, struct name *n)
{
	struct uk_node *node = n->node;

	uk_list_del(&n->link);
	ram_give(n, sizeof(*n) + n->len);
	node->links--;
	dir->size--;
	if (uk_node_kind(node) == UK_S_DIR) {
		node->parent = NULL;
		dir->links--;
	}
	return node;
}

int ram_lookup(struct uk_node *dir, const char *name, size_t len,
	       struct uk_node **node)
{
	struct name *n = find(dir, name, len);

	if (!n)
		return -ENOENT;
	*node = uk_node_get(n->node);
	return 0;
}

void ram_list(struct uk_node *dir, int64_t from, uk_entry_fn fn, void *arg)
{
	struct name *n;

	uk_list_for_each(n, &ram_of(dir)->names, link) {
		const struct uk_entry e = {
			n->text, n->len, n->node->ino, uk_node_kind(n->node),
			n->cookie,
		};

		if (n->cookie >= from && !fn(arg, &e))
			return;
	}
}

int ram_create(struct uk_node *dir, const char *name, size_t len, uint32_t mode,
	       const char *target, struct uk_node **node)
{
	size_t target_len = target ? strlen(target) : 0;
	struct name *n;
	struct ram *r;
	int rc = ram_new(mode, dir->dev, &r);

	if (rc)
		return rc;
	if (target) {
		r->target = ram_take(target_len + 1);
		if (!r->target) {
			ram_give(r, sizeof(*r));
			return -ENOSPC;
		}
		memcpy(r->target, target, target_len + 1);
		r->node.size = (int64_t)target_len;
	}
	n = new_name(name, len, &r->node);
	if (!n) {
		uk_node_put(&r->node);
		return -ENOSPC;
	}
	*node = uk_node_get(&r->node);
	put_in(dir, n);
	return 0;
}

int ram_link(struct uk_node *dir, const char *name, size_t len,
	     struct uk_node *node)
{
	struct name *n = new_name(name, len, node);

	if (!n)
		return -ENOSPC;
	uk_node_get(node);
	put_in(dir, n);
	return 0;
}

static bool is_empty(struct uk_node *node)
{
	return uk_node_kind(node) != UK_S_DIR ||
	       uk_list_empty(&ram_of(node)->names);
}

int ram_remove(struct uk_node *dir, const char *name, size_t len,
	       struct uk_node *node)
{
	if (!is_empty(node))
		return -ENOTEMPTY;
	node = take_out(dir, find(dir, name, len));
	if (uk_node_kind(node) == UK_S_DIR)
		node->links = 0;	/* nothing can be made in it */
	uk_node_put(node);
	return 0;
}

/* What may fail comes first. */
int ram_rename(struct uk_node *dir, const char *name, size_t len,
	       struct uk_node *node, struct uk_node *to, const char *new,
	       size_t new_len, struct uk_node *old)
{
	struct name *n;

	if (old && !is_empty(old))
		return -ENOTEMPTY;
	n = new_name(new, new_len, node);
	if (!n)
		return -ENOSPC;
	if (old)
		ram_remove(to, new, new_len, old);
	take_out(dir, find(dir, name, len));
	put_in(to, n);
	return 0;
}
