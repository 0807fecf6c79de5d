/* SPDX-License-Identifier: BSD-3-Clause */
/* The image's generator: what it gives is never waited for. */
#include <uk/swrand.h>
#include "devfs.h"

static long draw(struct uk_node *node, struct uk_iter *to, int64_t pos)
{
	size_t all = to->left, n;
	void *p;

	(void)node, (void)pos;
	if (!uk_swrand_ready())
		return -EIO;
	while ((p = uk_iter_next(to, &n))) {
		uk_swrand_fill(p, n);
		uk_iter_skip(to, n);
	}
	return (long)all;
}

/* Taken and forgotten: it is not trusted to be random. */
static long swallow(struct uk_node *node, struct uk_iter *from, int64_t pos)
{
	long n = (long)from->left;

	(void)node, (void)pos;
	uk_iter_skip(from, from->left);
	return n;
}

static const struct uk_node_ops ops = {
	.name = "devfs", .read = draw, .write = swallow,
	.close = device_close,
};

const struct device random_devices[2] = {
	{ "random", 1, 8, &ops },
	{ "urandom", 1, 9, &ops },
};
