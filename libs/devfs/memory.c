/* SPDX-License-Identifier: BSD-3-Clause */
/* Devices that are nothing but an answer. */
#include "devfs.h"

static long no_more(struct uk_node *node, struct uk_iter *to, int64_t pos)
{
	(void)node, (void)to, (void)pos;
	return 0;
}

static long zeros(struct uk_node *node, struct uk_iter *to, int64_t pos)
{
	(void)node, (void)pos;
	return (long)uk_iter_zero(to, to->left);
}

static long swallow(struct uk_node *node, struct uk_iter *from, int64_t pos)
{
	long n = (long)from->left;

	(void)node, (void)pos;
	uk_iter_skip(from, from->left);
	return n;
}

static long no_room(struct uk_node *node, struct uk_iter *from, int64_t pos)
{
	(void)node, (void)pos;
	return from->left ? -ENOSPC : 0;
}

static const struct uk_node_ops null = {
	.name = "devfs", .read = no_more, .write = swallow,
	.close = device_close,
};
static const struct uk_node_ops zero = {
	.name = "devfs", .read = zeros, .write = swallow,
	.close = device_close,
};
static const struct uk_node_ops full = {
	.name = "devfs", .read = zeros, .write = no_room,
	.close = device_close,
};

const struct device memory_devices[3] = {
	{ "null", 1, 3, &null },
	{ "zero", 1, 5, &zero },
	{ "full", 1, 7, &full },
};
