/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads, writes and lengths in any order, against an array. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/str.h>
#include "host.h"

#define MOST 60000u

static unsigned char file[MOST], buf[MOST], base[20000];
static size_t size;

static uint32_t draw(uint32_t below)
{
	static uint64_t x = 88172645463325252ull;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (uint32_t)(x >> 32) % below;
}

static void put(struct uk_node *n)
{
	size_t at = draw(MOST), len = draw(MOST - (uint32_t)at);
	const struct uk_iovec v = { buf, len };
	struct uk_iter it;

	for (size_t i = 0; i < len; i++)
		buf[i] = (unsigned char)draw(256);
	uk_iter_init(&it, &v, 1);
	assert_int_equal(n->ops->write(n, &it, (int64_t)at), len);
	memcpy(file + at, buf, len);
	if (len && at + len > size)
		size = at + len;
}

static void get(struct uk_node *n)
{
	size_t at = draw(MOST), len = draw(MOST - (uint32_t)at);
	const struct uk_iovec v[2] = { { buf, len / 3 },
				       { buf + len / 3, len - len / 3 } };
	size_t there = at < size ? size - at : 0;
	struct uk_iter it;

	if (there > len)
		there = len;
	memset(buf, 0x5a, len);
	uk_iter_init(&it, v, 2);
	assert_int_equal(n->ops->read(n, &it, (int64_t)at), there);
	assert_memory_equal(buf, file + at, there);
}

static void cut(struct uk_node *n)
{
	size_t to = draw(MOST);

	assert_int_equal(n->ops->truncate(n, (int64_t)to), 0);
	if (to < size)
		memset(file + to, 0, MOST - to);
	size = to;
}

void data_test(void **state)
{
	struct uk_node *root, *n;

	(void)state;
	assert_int_equal(uk_ramfs_new(&root), 0);
	for (unsigned int round = 0; round < 20; round++) {
		size = sizeof(base);
		for (size_t i = 0; i < size; i++)
			file[i] = base[i] = (unsigned char)draw(256);
		memset(file + size, 0, MOST - size);
		assert_int_equal(uk_ramfs_read_only(root, "f", 1, 0644, base,
						    size, &n), 0);
		for (unsigned int i = 0; i < 100; i++) {
			(draw(3) ? draw(2) ? get : put : cut)(n);
			assert_int_equal(n->size, size);
		}
		uk_node_put(n);
	}
	host_clear(root);
}
