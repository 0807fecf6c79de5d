/* SPDX-License-Identifier: BSD-3-Clause */
/* The root of all paths, before anything is mounted in it. */
#include <uk/config.h>
#include <uk/init.h>
#include "ramfs.h"

static int start(void)
{
	struct uk_node *root;
	int rc = uk_ramfs_new(&root);

	if (!rc)
		rc = uk_vfs_mount("/", root);
#ifdef CONFIG_LIBRAMFS_INITRD
	if (!rc)
		rc = ram_unpack(root);
#endif
	if (!rc)
		rc = uk_vfs_mkdir("/tmp", 01777);
	return rc;
}
uk_fs_initcall(start);
