/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is in files: a table of blocks. One that is not there is a hole, or lies
 * in the memory that the file began with, which is never written to.
 */
#include <uk/alloc.h>
#include <uk/str.h>
#include "ramfs.h"

/* The table may not be larger than memory, whatever a length says. */
#define SIZE_MOST ((int64_t)1 << 40)

/* How many bytes of block i lie in base. */
static size_t in_base(const struct ram *r, size_t i)
{
	size_t at = i * BLOCK;

	return at < r->base_len ? UK_MIN(r->base_len - at, (size_t)BLOCK) : 0;
}

long ram_read(struct uk_node *node, struct uk_iter *to, int64_t pos)
{
	struct ram *r = ram_of(node);
	size_t before = to->left;

	while (to->left && pos < node->size) {
		size_t i = (size_t)pos / BLOCK, at = (size_t)pos % BLOCK;
		size_t n = UK_MIN((size_t)(node->size - pos), BLOCK - at);
		size_t base = in_base(r, i);

		if (i < r->n_blocks && r->blocks[i]) {
			n = uk_iter_put(to, r->blocks[i] + at, n);
		} else if (at < base) {
			n = UK_MIN(n, base - at);
			n = uk_iter_put(to, r->base + pos, n);
		} else {
			n = uk_iter_zero(to, n);
		}
		pos += (int64_t)n;
	}
	return (long)(before - to->left);
}

/* Let the table reach block i. */
static bool reach(struct ram *r, size_t i)
{
	size_t n = UK_MAX(i + 1, r->n_blocks + r->n_blocks / 2);
	size_t more = (n - r->n_blocks) * sizeof(*r->blocks);
	uint8_t **t;

	if (i < r->n_blocks)
		return true;
	if (!ram_charge(more))
		return false;
	t = uk_realloc(NULL, r->blocks, n * sizeof(*t));
	if (!t) {
		ram_discharge(more);
		return false;
	}
	memset(t + r->n_blocks, 0, more);
	r->blocks = t;
	r->n_blocks = n;
	return true;
}

/* Block i, to be written to. NULL: no memory. */
static uint8_t *block(struct ram *r, size_t i)
{
	size_t base = in_base(r, i);
	uint8_t *b;

	if (!reach(r, i))
		return NULL;
	if (r->blocks[i])
		return r->blocks[i];
	if (!ram_charge(BLOCK))
		return NULL;
	b = uk_palloc(NULL, 1);
	if (!b) {
		ram_discharge(BLOCK);
		return NULL;
	}
	if (base)
		memcpy(b, r->base + i * BLOCK, base);
	memset(b + base, 0, BLOCK - base);
	r->blocks[i] = b;
	return b;
}
UK_CTASSERT(BLOCK == UK_PAGE_SIZE);

long ram_write(struct uk_node *node, struct uk_iter *from, int64_t pos)
{
	struct ram *r = ram_of(node);
	size_t before = from->left;

	if (pos >= SIZE_MOST && from->left)
		return -EFBIG;
	while (from->left && pos < SIZE_MOST) {
		uint8_t *b = block(r, (size_t)pos / BLOCK);
		size_t at = (size_t)pos % BLOCK;

		if (!b)
			break;
		pos += (int64_t)uk_iter_get(from, b + at, BLOCK - at);
		node->size = UK_MAX(node->size, pos);
	}
	if (before && from->left == before)
		return -ENOSPC;
	return (long)(before - from->left);
}

static void drop(struct ram *r, size_t from)
{
	for (size_t i = from; i < r->n_blocks; i++) {
		if (!r->blocks[i])
			continue;
		uk_pfree(NULL, r->blocks[i], 1);
		ram_discharge(BLOCK);
		r->blocks[i] = NULL;
	}
}

int ram_truncate(struct uk_node *node, int64_t size)
{
	struct ram *r = ram_of(node);
	size_t i = (size_t)size / BLOCK, at = (size_t)size % BLOCK;

	if (size > SIZE_MOST)
		return -EFBIG;
	if (size < node->size) {
		drop(r, at ? i + 1 : i);
		/* It is zero when the file is longer again. */
		if (at && i < r->n_blocks && r->blocks[i])
			memset(r->blocks[i] + at, 0, BLOCK - at);
		r->base_len = UK_MIN(r->base_len, (size_t)size);
	}
	node->size = size;
	return 0;
}

void ram_forget(struct ram *r)
{
	drop(r, 0);
	ram_discharge(r->n_blocks * sizeof(*r->blocks));
	uk_free(NULL, r->blocks);
}
