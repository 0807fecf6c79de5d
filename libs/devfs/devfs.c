/* SPDX-License-Identifier: BSD-3-Clause */
/* One folder, in which nothing comes or goes. */
#include <uk/config.h>
#include <uk/init.h>
#include <uk/str.h>
#include "devfs.h"

static struct uk_node root;
static struct {
	struct uk_node node;
	const char *name;
} devices[5];
static unsigned int n_devices;

void device_close(struct uk_node *node)
{
	(void)node;
}

static int lookup(struct uk_node *dir, const char *name, size_t len,
		  struct uk_node **node)
{
	(void)dir;
	for (unsigned int i = 0; i < n_devices; i++)
		if (strlen(devices[i].name) == len &&
		    !memcmp(devices[i].name, name, len)) {
			*node = uk_node_get(&devices[i].node);
			return 0;
		}
	return -ENOENT;
}

static void list(struct uk_node *dir, int64_t from, uk_entry_fn fn, void *arg)
{
	(void)dir;
	for (int64_t i = from; i < n_devices; i++) {
		const struct uk_entry e = {
			devices[i].name, strlen(devices[i].name),
			devices[i].node.ino, UK_S_CHAR, i,
		};

		if (!fn(arg, &e))
			return;
	}
}

static const struct uk_node_ops root_ops = {
	.name = "devfs",
	.lookup = lookup,
	.list = list,
	.close = device_close,
};

static void add(const struct device *d, unsigned int n)
{
	for (; n; n--, d++) {
		struct uk_node *node = &devices[n_devices].node;

		devices[n_devices++].name = d->name;
		uk_node_init(node, d->ops, UK_S_CHAR | 0666, root.dev,
			     n_devices + 1);
		node->links = 1;
		/* As the kernel joins the two, while they are small. */
		node->rdev = d->major << 8 | d->minor;
	}
}

static int start(void)
{
	int rc;

	uk_node_init(&root, &root_ops, UK_S_DIR | 0755, uk_vfs_new_dev(), 1);
	root.links = 2;
	add(memory_devices, UK_ARRAY_SIZE(memory_devices));
#ifdef CONFIG_LIBUKSWRAND
	add(random_devices, UK_ARRAY_SIZE(random_devices));
#endif
	rc = uk_vfs_mkdir("/dev", 0755);
	return rc ? rc : uk_vfs_mount("/dev", &root);
}
uk_lib_initcall_prio(start, 0);
