/* SPDX-License-Identifier: BSD-3-Clause */
/* File systems in memory. Thread context. */
#pragma once

#include <uk/vfs.h>

/* An empty one: its root, with a reference, for uk_vfs_mount(). -ENOSPC: no
 * memory. All of them share what CONFIG_LIBRAMFS_MOST_KIB allows. */
int uk_ramfs_new(struct uk_node **root);

/*
 * A new file in dir, whose contents are the len bytes at data: they are never
 * written to and must stay there for ever. In the place of a file of that
 * name. With a reference. -ENOSPC, -EISDIR.
 */
int uk_ramfs_read_only(struct uk_node *dir, const char *name, size_t name_len,
		       uint32_t mode, const void *data, size_t len,
		       struct uk_node **node);
