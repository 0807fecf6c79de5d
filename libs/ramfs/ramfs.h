/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libramfs. */
#pragma once

#include <uk/list.h>
#include <uk/ramfs.h>

#define BLOCK 4096u

/* A name in a folder, which has a reference to what it names. */
struct name {
	struct uk_link link;	/* by rising cookie */
	struct uk_node *node;
	int64_t cookie;
	uint32_t hash;
	uint8_t len;
	char text[];
};

struct ram {
	struct uk_node node;
	union {
		struct {	/* a folder */
			struct uk_link names;
			int64_t next;	/* the next name's cookie */
		};
		struct {	/* a file */
			uint8_t **blocks;	/* NULL: a hole, or base's */
			size_t n_blocks;	/* the table has room for */
			const uint8_t *base;	/* never written to */
			size_t base_len;
		};
		char *target;	/* a link's */
	};
};

static inline struct ram *ram_of(struct uk_node *n)
{
	return uk_container_of(n, struct ram, node);
}

/* node.c: memory within what is allowed. NULL: there is none. */
void *ram_take(size_t n);
void ram_give(void *p, size_t n);
/* Count n bytes more (fails: false), or less. */
bool ram_charge(size_t n);
void ram_discharge(size_t n);
extern const struct uk_node_ops ram_ops;
/* Of the file system dev. -ENOSPC. */
int ram_new(uint32_t mode, uint64_t dev, struct ram **r);

/* data.c */
long ram_read(struct uk_node *node, struct uk_iter *to, int64_t pos);
long ram_write(struct uk_node *node, struct uk_iter *from, int64_t pos);
int ram_truncate(struct uk_node *node, int64_t size);
void ram_forget(struct ram *r);	/* all blocks */

/* folder.c: operations of <uk/vfs.h> */
int ram_lookup(struct uk_node *dir, const char *name, size_t len,
	       struct uk_node **node);
void ram_list(struct uk_node *dir, int64_t from, uk_entry_fn fn, void *arg);
int ram_create(struct uk_node *dir, const char *name, size_t len, uint32_t mode,
	       const char *target, struct uk_node **node);
int ram_link(struct uk_node *dir, const char *name, size_t len,
	     struct uk_node *node);
int ram_remove(struct uk_node *dir, const char *name, size_t len,
	       struct uk_node *node);
int ram_rename(struct uk_node *dir, const char *name, size_t len,
	       struct uk_node *node, struct uk_node *to, const char *new,
	       size_t new_len, struct uk_node *old);

/* unpack.c: what the loader brought, into the root. */
int ram_unpack(struct uk_node *root);
