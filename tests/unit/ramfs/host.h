/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <uk/ramfs.h>

/* What the next uk_initrd() gives. */
extern const char *host_archive;
extern size_t host_archive_len;
/* Blocks that are allocated and not freed. */
extern long host_live;
/* The node's name below root, "a/b/c", without a reference; NULL. */
struct uk_node *host_find(struct uk_node *root, const char *path);
/* Empty it, and give it back. */
void host_clear(struct uk_node *root);

void data_test(void **state);
void unpack_test(void **state);
void hostile_test(void **state);
