/* SPDX-License-Identifier: BSD-3-Clause */
/* Archives as they are made, and as nobody makes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/str.h>
#include "host.h"
#include "ramfs.h"

static char archive[8192];
static size_t used;

static void add(const char *name, unsigned int mode, const char *data)
{
	unsigned int n = (unsigned int)strlen(name) + 1;
	unsigned int len = (unsigned int)strlen(data);

	used += (size_t)sprintf(archive + used, "070701%08x%08x%08x%08x%08x"
				"%08x%08x%08x%08x%08x%08x%08x%08x", 1, mode, 0,
				0, 1, 0, len, 0, 0, 0, 0, n, 0);
	memcpy(archive + used, name, n);
	used = (used + n + 3) & ~3ul;
	memcpy(archive + used, data, len);
	used = (used + len + 3) & ~3ul;
}

static int unpack(struct uk_node **root)
{
	add("TRAILER!!!", 0, "");
	host_archive = archive;
	host_archive_len = used;
	assert_int_equal(uk_ramfs_new(root), 0);
	return ram_unpack(*root);
}

static void begin(void)
{
	memset(archive, 0, sizeof(archive));
	used = 0;
}

void unpack_test(void **state)
{
	struct uk_node *root, *n;

	(void)state;
	begin();
	add(".", 040755, "");
	add("./etc/deep//motd", 0100640, "hello");	/* no folder before */
	add("/etc", 040700, "");			/* its rights */
	add("bin/", 040755, "");
	add("link", 0120777, "etc/deep");
	add("null", 020666, "");			/* a device */
	add("twice", 0100644, "first");
	add("twice", 0100600, "second");
	assert_int_equal(unpack(&root), 0);
	n = host_find(root, "etc/deep/motd");
	assert_non_null(n);
	assert_int_equal(n->mode, 0100640);
	assert_int_equal(n->size, 5);
	assert_int_equal(host_find(root, "etc")->mode, 040700);
	assert_int_equal(host_find(root, "bin")->mode, 040755);
	n = host_find(root, "link");
	assert_string_equal(n->ops->target(n), "etc/deep");
	assert_int_equal(n->size, 8);
	assert_null(host_find(root, "null"));
	assert_int_equal(host_find(root, "twice")->size, 6);
	assert_int_equal(host_find(root, "etc")->links, 3);
	host_clear(root);
}

static void refused(const char *name, unsigned int mode, const char *data,
		    int rc)
{
	struct uk_node *root;

	begin();
	add("f", 0100644, "a file");
	add("d", 040755, "");
	add("out", 0120777, "/");
	add(name, mode, data);
	assert_int_equal(unpack(&root), rc);
	assert_int_equal(host_find(root, "f")->size, 6);
	host_clear(root);
}

void hostile_test(void **state)
{
	struct uk_node *root;
	char name[300];

	(void)state;
	refused("../f", 0100644, "x", -EINVAL);
	refused("d/../../f", 0100644, "x", -EINVAL);
	refused("d/./f", 0100644, "x", -EINVAL);
	refused("d/..", 040755, "", -EINVAL);
	refused("f/x", 0100644, "x", -ENOTDIR);
	refused("f", 040755, "", -ENOTDIR);
	refused("d", 0100644, "x", -EISDIR);
	refused("d", 0120777, "x", -EISDIR);
	refused("empty", 0120777, "", -EINVAL);
	/* A link is followed by nobody who unpacks. */
	refused("out/f", 0100644, "x", -ENOTDIR);
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	refused(name, 0100644, "x", -ENAMETOOLONG);
	begin();
	add("f", 0100644, "x");
	archive[used++] = 'y';
	assert_int_equal(unpack(&root), -EBADMSG);
	host_clear(root);
	host_archive = NULL;
	assert_int_equal(uk_ramfs_new(&root), 0);
	assert_int_equal(ram_unpack(root), 0);
	host_clear(root);
}
