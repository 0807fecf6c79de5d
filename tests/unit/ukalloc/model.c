/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "machine.h"
#include "model.h"

static struct block {
	unsigned char *p;
	size_t size, usable, pages;
	unsigned char tag;
} *blocks;
static size_t n_blocks, n_bytes;

static size_t random_size(void)
{
	switch (machine_below(16)) {
	case 0:
		return machine_below(4);
	case 1:
		return machine_below(1 << 20);
	case 2:
	case 3:
		return machine_below(40000);
	case 4:
	case 5:
		return machine_below(5000);
	default:
		return machine_below(1 << machine_below(12));
	}
}

/* Fill, or look. Big blocks: both ends and some places between. */
static void paint(const struct block *b)
{
	size_t i, step = b->usable > 4096 ? 509 : 1;

	for (i = 0; i < b->usable; i += step)
		b->p[i] = (unsigned char)(b->tag + i);
	b->p[b->usable - 1] = b->tag;
}

static void look(const struct block *b, size_t upto)
{
	size_t i, step = b->usable > 4096 ? 509 : 1;

	for (i = 0; i < upto && i + 1 < b->usable; i += step)
		if (b->p[i] != (unsigned char)(b->tag + i))
			fail_msg("byte %zu of a block of %zu changed", i,
				 b->size);
	if (upto == b->usable)
		assert_int_equal(b->p[b->usable - 1], b->tag);
}

static void adopt(struct uk_alloc *a, struct block *b, void *p, size_t size)
{
	b->p = p;
	b->size = size;
	b->usable = uk_malloc_usable_size(a, p);
	b->tag = (unsigned char)machine_random();
	assert_true(b->usable >= size && b->usable > 0);
	assert_int_equal((uintptr_t)p % 16, 0);
	paint(b);
}

static void *take(struct uk_alloc *a, size_t *size, size_t *pages)
{
	size_t align, n = *size, i;
	unsigned char *p;

	*pages = 0;
	switch (machine_below(8)) {
	case 0:
		align = 1ul << machine_below(15);
		p = uk_memalign(a, align, n);
		assert_int_equal((uintptr_t)p % align, 0);
		return p;
	case 1:
		*pages = n / 4096 + 1;
		*size = *pages * 4096;
		p = uk_palloc(a, *pages);
		assert_int_equal((uintptr_t)p % 4096, 0);
		return p;
	case 2:
		p = uk_calloc(a, n / 8, 8);
		*size = n / 8 * 8;
		for (i = 0; p && i < *size; i++)
			assert_int_equal(p[i], 0);
		return p;
	default:
		return uk_malloc(a, n);
	}
}

static size_t op_new(struct uk_alloc *a)
{
	size_t size = random_size(), pages;
	void *p = take(a, &size, &pages);
	struct block *b = &blocks[n_blocks];

	if (!p)
		return 1;
	adopt(a, b, p, size);
	b->pages = pages;
	n_blocks++;
	n_bytes += size;
	return 0;
}

static size_t op_resize(struct uk_alloc *a, struct block *b)
{
	size_t size = random_size() + 1;
	void *p;

	if (b->pages)
		return 0;
	look(b, b->usable);
	p = uk_realloc(a, b->p, size);
	if (!p) {
		look(b, b->usable);
		return 1;
	}
	b->p = p;
	look(b, size < b->size ? size : b->size);
	n_bytes += size - b->size;
	adopt(a, b, p, size);
	return 0;
}

static void op_free(struct uk_alloc *a, struct block *b)
{
	look(b, b->usable);
	if (b->pages)
		uk_pfree(a, b->p, b->pages);
	else
		uk_free(a, b->p);
	n_bytes -= b->size;
	*b = blocks[--n_blocks];
}

size_t model_run(struct uk_alloc *a, size_t n, size_t live, size_t bytes)
{
	struct uk_alloc_stats before = a->stats;
	size_t failed = 0, i, fills = 0;
	struct block *b;

	blocks = calloc(live + 1, sizeof(*blocks));
	for (i = 0; i < n; i++) {
		/* Waves: fill up, then run nearly empty. */
		bool grow = machine_below(8) < ((fills & 1) ? 3 : 5);

		if (n_blocks >= live || n_bytes >= bytes)
			fills |= 1;
		else if (n_blocks < live / 16 + 1)
			fills &= ~1ul;
		b = &blocks[n_blocks ? machine_below(n_blocks) : 0];
		if (n_blocks && machine_below(4) == 0)
			failed += op_resize(a, b);
		else if ((grow || !n_blocks) && n_blocks < live &&
			 n_bytes < bytes)
			failed += op_new(a);
		else
			op_free(a, b);
		assert_int_equal(a->stats.blocks_used,
				 before.blocks_used + n_blocks);
	}
	while (n_blocks)
		op_free(a, &blocks[machine_below(n_blocks)]);
	assert_int_equal(a->stats.n_fail - before.n_fail, failed);
	assert_int_equal(a->stats.n_alloc - before.n_alloc,
			 a->stats.n_free - before.n_free);
	free(blocks);
	return failed;
}
