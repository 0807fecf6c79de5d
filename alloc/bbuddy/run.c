/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs of any number of pages out of a binary buddy: a run is cut from the
 * smallest free block that holds it and the rest goes back at once, so a run
 * of 5 pages costs 5 and not 8. Buddies are reckoned from the chunk's start.
 */
#include "state.h"

static unsigned int order_floor(size_t n)
{
	return 63 - (unsigned int)__builtin_clzl(n);
}

static void block_add(struct bbuddy *b, struct page *pg, unsigned int order)
{
	pg->state = PAGE_FREE;
	pg->order = (uint8_t)order;
	uk_list_add(&b->free[order], &pg->link);
	b->orders |= 1u << order;
}

static void block_del(struct bbuddy *b, struct page *pg)
{
	uk_list_del(&pg->link);
	if (uk_list_empty(&b->free[pg->order]))
		b->orders &= ~(1u << pg->order);
	pg->state = PAGE_INNER;
}

/* Free one aligned block, joined with its buddy as long as that is free. */
static void block_put(struct bbuddy *b, struct chunk *c, size_t idx,
		      unsigned int order)
{
	struct page *pg;
	size_t buddy;

	for (; order < MAX_ORDER; order++) {
		buddy = idx ^ (1ul << order);
		if (buddy + (1ul << order) > c->n_pages)
			break;
		pg = &c->page[buddy];
		if (pg->state != PAGE_FREE || pg->order != order)
			break;
		block_del(b, pg);
		idx &= buddy;
	}
	pg = &c->page[idx];
	pg->idx = (uint32_t)idx;
	block_add(b, pg, order);
}

void range_put(struct bbuddy *b, struct chunk *c, size_t idx, size_t n)
{
	unsigned int order;

	c->n_free += n;
	while (n) {
		order = UK_MIN(order_floor(n), (unsigned int)MAX_ORDER);
		if (idx)
			order = UK_MIN(order,
				       (unsigned int)__builtin_ctzl(idx));
		block_put(b, c, idx, order);
		idx += 1ul << order;
		n -= 1ul << order;
	}
}

void range_forget(struct bbuddy *b, struct chunk *c)
{
	size_t i;

	for (i = 0; i < c->n_pages; i += 1ul << c->page[i].order)
		block_del(b, &c->page[i]);
}

struct page *run_get(struct bbuddy *b, size_t n, size_t align)
{
	size_t span = n + align - 1, front, len;
	unsigned int order = span > 1 ? order_floor(span - 1) + 1 : 0;
	struct page *pg, *run;
	struct chunk *c;
	uintptr_t at;

	if (order > MAX_ORDER || !(b->orders >> order))
		return NULL;
	order += (unsigned int)__builtin_ctz(b->orders >> order);
	pg = uk_list_entry(b->free[order].next, struct page, link);
	c = page_chunk(pg);
	at = page_addr(pg) >> UK_PAGE_SHIFT;
	front = UK_ALIGN_UP(at, align) - at;
	len = 1ul << order;

	block_del(b, pg);
	c->n_free -= len;
	run = pg + front;
	run->idx = pg->idx + (uint32_t)front;
	run->state = PAGE_RUN;
	run->run = n;
	range_put(b, c, run->idx - front, front);
	range_put(b, c, run->idx + n, len - front - n);
	return run;
}

void run_put(struct bbuddy *b, struct page *pg)
{
	struct chunk *c = page_chunk(pg);

	pg->state = PAGE_INNER;
	range_put(b, c, pg->idx, pg->run);
	span_freed(b, c);
}

bool run_resize(struct bbuddy *b, struct page *pg, size_t n)
{
	struct chunk *c = page_chunk(pg);
	size_t end = pg->idx + pg->run, want = pg->idx + n, at = end;

	while (at < want && at < c->n_pages && c->page[at].state == PAGE_FREE)
		at += 1ul << c->page[at].order;
	if (at < want)
		return false;
	pg->run = n;
	if (at == end) { /* shorter, or the same */
		range_put(b, c, want, end - want);
		return true;
	}
	c->n_free -= at - end;
	while (end < at) {
		block_del(b, &c->page[end]);
		end += 1ul << c->page[end].order;
	}
	range_put(b, c, want, at - want);
	return true;
}

bool page_is_free(struct chunk *c, size_t idx)
{
	unsigned int order;
	struct page *pg;

	for (order = 0; order <= MAX_ORDER; order++) {
		pg = &c->page[idx & ~((1ul << order) - 1)];
		if (pg->state == PAGE_FREE && pg->order >= order)
			return true;
	}
	return false;
}
