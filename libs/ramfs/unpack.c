/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The loader's archive as files. It is not trusted: a name leads nowhere but
 * down from the root, and what is in its way is a folder or an error.
 */
#include <uk/alloc.h>
#include <uk/initrd.h>
#include <uk/print.h>
#include <uk/str.h>
#include "ramfs.h"

#define RIGHTS 07777u

/* The folder `name` of dir, made if it is not there; gives dir's reference
 * back. */
static int enter(struct uk_node **dir, const char *name, size_t len)
{
	struct uk_node *n;
	int rc = ram_lookup(*dir, name, len, &n);

	if (rc == -ENOENT)
		rc = ram_create(*dir, name, len, UK_S_DIR | 0755, NULL, &n);
	if (rc)
		return rc;
	uk_node_put(*dir);
	*dir = n;
	return uk_node_kind(n) == UK_S_DIR ? 0 : -ENOTDIR;
}

/* From *dir down, all but the last name, which is left in *name, *len. */
static int descend(struct uk_node **dir, const char **name, size_t *len)
{
	const char *p = *name;
	int rc = 0;

	for (;;) {
		const char *end = strchr(p, '/');

		*name = p;
		*len = end ? (size_t)(end - p) : strlen(p);
		if (*len > UK_NAME_MAX)
			return -ENAMETOOLONG;
		if (!*len || (*len == 1 && p[0] == '.') ||
		    (*len == 2 && p[0] == '.' && p[1] == '.'))
			return -EINVAL;
		for (; end && *end == '/'; end++)
			;
		if (!end || !*end)
			return 0;
		rc = enter(dir, p, *len);
		if (rc)
			return rc;
		p = end;
	}
}

/* A link to what the data says, in the place of a file or link. */
static int link_to(struct uk_node *dir, const char *name, size_t len,
		   const struct uk_initrd_file *f, struct uk_node **n)
{
	struct uk_node *old;
	char *target;
	int rc;

	if (!f->len || f->len >= UK_PATH_MAX || memchr(f->data, 0, f->len))
		return -EINVAL;
	if (ram_lookup(dir, name, len, &old) == 0) {
		rc = uk_node_kind(old) == UK_S_DIR ? -EISDIR :
			ram_remove(dir, name, len, old);
		uk_node_put(old);
		if (rc)
			return rc;
	}
	target = uk_malloc(NULL, f->len + 1);
	if (!target)
		return -ENOSPC;
	memcpy(target, f->data, f->len);
	target[f->len] = '\0';
	rc = ram_create(dir, name, len, UK_S_LINK | 0777, target, n);
	uk_free(NULL, target);
	return rc;
}

/* One entry; `dir` is the root, whose reference is the caller's. */
static int unpack(struct uk_node *dir, const struct uk_initrd_file *f)
{
	struct uk_node *n = NULL;
	const char *name = f->name;
	uint32_t kind = f->mode & UK_S_FMT;
	size_t len;
	int rc;

	if (!*name || !strcmp(name, "."))
		return 0;
	if (kind != UK_S_DIR && kind != UK_S_FILE && kind != UK_S_LINK)
		return 0;	/* a device: devfs has what there is */
	uk_node_get(dir);
	rc = descend(&dir, &name, &len);
	if (rc) {
		uk_node_put(dir);
		return rc;
	}
	if (kind == UK_S_DIR) {
		rc = enter(&dir, name, len);
		if (!rc)
			dir->mode = UK_S_DIR | (f->mode & RIGHTS);
	} else if (kind == UK_S_FILE) {
		rc = uk_ramfs_read_only(dir, name, len, f->mode & RIGHTS,
					f->data, f->len, &n);
	} else {
		rc = link_to(dir, name, len, f, &n);
	}
	if (n)
		uk_node_put(n);
	uk_node_put(dir);
	return rc;
}

int uk_ramfs_read_only(struct uk_node *dir, const char *name, size_t name_len,
		       uint32_t mode, const void *data, size_t len,
		       struct uk_node **node)
{
	struct uk_node *old;
	int rc;

	if (ram_lookup(dir, name, name_len, &old) == 0) {
		rc = uk_node_kind(old) == UK_S_DIR ? -EISDIR :
			ram_remove(dir, name, name_len, old);
		uk_node_put(old);
		if (rc)
			return rc;
	}
	rc = ram_create(dir, name, name_len, UK_S_FILE | mode, NULL, node);
	if (rc)
		return rc;
	ram_of(*node)->base = data;
	ram_of(*node)->base_len = len;
	(*node)->size = (int64_t)len;
	return 0;
}

int ram_unpack(struct uk_node *root)
{
	struct uk_initrd_file f;
	size_t len, at = 0, files = 0;
	const void *archive = uk_initrd(&len);
	int rc;

	if (!archive) {
		uk_pr_info("no initrd: the root is empty\n");
		return 0;
	}
	while ((rc = uk_cpio_next(archive, len, &at, &f)) == 0) {
		rc = unpack(root, &f);
		if (rc) {
			uk_pr_err("initrd: entry %zu (\"%.64s\") cannot be "
				  "unpacked (error %d)\n", files, f.name, -rc);
			return rc;
		}
		files++;
	}
	if (rc == -ENOENT)
		return 0;
	uk_pr_err("initrd: broken behind entry %zu, at byte %zu: no cpio "
		  "archive of form newc\n", files, at);
	return rc;
}
