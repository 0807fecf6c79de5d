/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the control runs on: our other allocators check frees too, so these
 * attacks need a heap like those that C libraries used to have. The size lies
 * in front of a block, what is free is linked through the blocks themselves,
 * and nothing is looked at twice.
 */
#include <stdint.h>
#include <uk/alloc.h>
#include <uk/init.h>
#include <uk/str.h>

#ifndef CONFIG_HARDEN_HEAP
struct block {
	size_t size, unused;
	struct block *next;	/* while it is free */
};
#define HEAD 16
#define BINS 64

static struct block *bin[BINS], *large;
static _Alignas(16) char memory[4 << 20];
static size_t used;

static void *naive_malloc(struct uk_alloc *a UK_UNUSED, size_t size)
{
	struct block **list, *b;

	size = (size + 15) & -16ul;
	list = size / 16 < BINS ? &bin[size / 16] : &large;
	b = *list;
	if (b && b->size >= size) {
		*list = b->next;
		return (char *)b + HEAD;
	}
	if (size + HEAD > sizeof(memory) - used)
		return NULL;
	b = (struct block *)(memory + used);
	used += size + HEAD;
	b->size = size;
	return (char *)b + HEAD;
}

static void *naive_memalign(struct uk_alloc *a, size_t align, size_t size)
{
	return align <= 16 ? naive_malloc(a, size) : NULL;
}

static void naive_free(struct uk_alloc *a UK_UNUSED, void *p)
{
	struct block *b = (struct block *)((char *)p - HEAD);
	struct block **list = b->size / 16 < BINS ? &bin[b->size / 16] : &large;

	b->next = *list;
	*list = b;
}

static size_t naive_usable_size(struct uk_alloc *a UK_UNUSED, const void *p)
{
	return ((const struct block *)((const char *)p - HEAD))->size;
}

static void *naive_realloc(struct uk_alloc *a, void *p, size_t size)
{
	size_t old = naive_usable_size(a, p);
	void *q = size <= old ? p : naive_malloc(a, size);

	if (q && q != p) {
		memcpy(q, p, old);
		naive_free(a, p);
	}
	return q;
}

static const struct uk_alloc_ops ops = {
	.malloc = naive_malloc,
	.memalign = naive_memalign,
	.realloc = naive_realloc,
	.free = naive_free,
	.usable_size = naive_usable_size,
};
static struct uk_alloc naive = { .name = "naive", .ops = &ops };

static int init(void)
{
	return uk_alloc_register(&naive);
}
/* Before any other: it is the default one. */
UK_INIT_ENTRY("1alloc", 1, init);
#endif
