/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Small objects: a page is cut into objects of one size class, and a bit for
 * each says whether it is free. Power-of-two classes are aligned to their
 * size, which is how memalign is served.
 */
#include "state.h"

static const uint16_t class_size[N_CLASSES] = {
	16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448,
	512, 576, 672, 816, 1024, 1360, SMALL_MAX,
};
UK_CTASSERT(UK_PAGE_SIZE / 16 <= 64 * 4); /* page.bits holds them all */

unsigned int slab_class(size_t size)
{
	/* the first class above 128, 256, 512 and 1024 bytes */
	static const uint8_t first[] = { 8, 12, 16, 20 };
	unsigned int cls;

	if (size <= 128)
		return size ? (unsigned int)(size - 1) / 16 : 0;
	cls = first[56 - (unsigned int)__builtin_clzl(size - 1)];
	while (class_size[cls] < size)
		cls++;
	return cls;
}

size_t slab_size(const struct page *pg)
{
	return class_size[pg->order];
}

static struct page *to_page(struct uk_link *l)
{
	return uk_list_entry(l, struct page, link);
}

static unsigned int capacity(unsigned int cls)
{
	return (unsigned int)UK_PAGE_SIZE / class_size[cls];
}

static bool is_empty(const struct page *pg)
{
	return pg->n_free == capacity(pg->order);
}

static struct page *slab_new(struct bbuddy *b, unsigned int cls)
{
	struct page *pg = run_get(b, 1, 1);
	unsigned int n = capacity(cls), w;

	if (!pg && span_grow(b, 1))
		pg = run_get(b, 1, 1);
	if (!pg)
		return NULL;
	pg->state = PAGE_SLAB;
	pg->order = (uint8_t)cls;
	pg->n_free = (uint16_t)n;
	page_chunk(pg)->n_empty++;
	for (w = 0; w < 4; w++, n -= UK_MIN(n, 64u))
		pg->bits[w] = n >= 64 ? ~0ul : (1ul << n) - 1;
	uk_list_add(&b->slabs[cls], &pg->link);
	return pg;
}

void *slab_get(struct bbuddy *b, unsigned int cls)
{
	struct page *pg = to_page(b->slabs[cls].next);
	unsigned int w = 0, bit;

	if (uk_list_empty(&b->slabs[cls]))
		pg = slab_new(b, cls);
	if (!pg)
		return NULL;
	while (!pg->bits[w])
		w++;
	if (is_empty(pg))
		page_chunk(pg)->n_empty--;
	bit = (unsigned int)__builtin_ctzl(pg->bits[w]);
	pg->bits[w] &= pg->bits[w] - 1;
	if (!--pg->n_free)
		uk_list_del(&pg->link);
	return (void *)(page_addr(pg) + (w * 64 + bit) * class_size[cls]);
}

/* An empty slab becomes a free page. */
static void slab_drop(struct bbuddy *b, struct page *pg)
{
	struct chunk *c = page_chunk(pg);

	uk_list_del(&pg->link);
	pg->state = PAGE_INNER;
	c->n_empty--;
	range_put(b, c, pg->idx, 1);
}

/* One empty slab of a class stays, as the last choice, so that a single object
 * that comes and goes does not move pages. Apart, so that what happens at each
 * free keeps no registers for it. */
static UK_NOINLINE void slab_emptied(struct bbuddy *b, struct page *pg)
{
	struct uk_link *head = &b->slabs[pg->order];
	struct page *last = to_page(head->prev);
	struct chunk *c = page_chunk(pg);

	c->n_empty++;
	if (last != pg && is_empty(last)) {
		slab_drop(b, pg);
	} else {
		uk_list_del(&pg->link);
		uk_list_add_tail(head, &pg->link);
	}
	span_freed(b, c);
}

void slab_put(struct bbuddy *b, struct page *pg, unsigned int obj)
{
	pg->bits[obj / 64] |= 1ul << (obj % 64);
	if (!pg->n_free++)
		uk_list_add(&b->slabs[pg->order], &pg->link);
	if (is_empty(pg))
		slab_emptied(b, pg);
}

void slab_trim(struct bbuddy *b, const struct chunk *c)
{
	struct uk_link *head;
	struct page *last;

	for (head = b->slabs; head < b->slabs + N_CLASSES; head++) {
		last = to_page(head->prev);
		if (!uk_list_empty(head) && is_empty(last) &&
		    (!c || page_chunk(last) == c))
			slab_drop(b, last);
	}
}
