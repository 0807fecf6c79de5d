/* SPDX-License-Identifier: BSD-3-Clause */
#include "state.h"

static uint64_t all_slots(const struct class *c)
{
	return ~0ul >> (64 - c->n_slots);
}

static void list_add(struct class *c, uint32_t nr)
{
	struct slab *s = &c->slab[nr];

	s->next = NONE;
	s->prev = c->tail;
	if (c->tail != NONE)
		c->slab[c->tail].next = nr;
	else
		c->head = nr;
	c->tail = nr;
}

static void list_del(struct class *c, uint32_t nr)
{
	struct slab *s = &c->slab[nr];

	if (s->prev != NONE)
		c->slab[s->prev].next = s->next;
	else
		c->head = s->next;
	if (s->next != NONE)
		c->slab[s->next].prev = s->prev;
	else
		c->tail = s->prev;
}

static size_t span_bytes(const struct class *c, uint32_t first)
{
	return (size_t)c->slab[first].n_span << c->shift;
}

/* n slabs from `first` on have memory now. */
static void span_open(struct class *c, uint32_t first, uint32_t n)
{
	uint32_t i;

	c->slab[first].n_span = (uint16_t)n;
	c->slab[first].n_busy = 0;
	for (i = 0; i < n; i++) {
		c->slab[first + i].span = first;
		c->slab[first + i].free = all_slots(c);
		list_add(c, first + i);
	}
	c->held += (size_t)n << c->shift;
	c->idle += (size_t)n << c->shift;
}

static void *slab_addr(const struct class *c, uint32_t nr)
{
	return (void *)(c->base + ((size_t)nr << c->shift));
}

/* All slots of a span are free: its memory goes, its place stays. */
static void span_close(struct class *c, uint32_t first)
{
	uint32_t i, n = c->slab[first].n_span;

	for (i = first; i < first + n; i++) {
		list_del(c, i);
		c->slab[i].free = 0;
	}
	hard_os_decommit(slab_addr(c, first), span_bytes(c, first));
	c->held -= span_bytes(c, first);
	c->idle -= span_bytes(c, first);
	c->slab[first].next = c->spare;
	c->spare = first;
}

/* Records for slabs up to (not including) `end`. */
static bool map_records(struct class *c, uint32_t end)
{
	size_t want = UK_ALIGN_UP(end * sizeof(struct slab), HARD_PAGE);

	if (want <= c->records)
		return true;
	if (!hard_os_commit((char *)c->slab + c->records, want - c->records))
		return false;
	c->records = want;
	return true;
}

/* A span where none was: after the last one and a gap. */
static bool span_new(struct hard_heap *h, struct class *c, size_t len)
{
	size_t gap = UK_MAX(1ul << c->shift, HARD_PAGE), room;
	uint32_t first = (uint32_t)(c->used >> c->shift);
	uint32_t n = (uint32_t)(len >> c->shift);

	room = (h->base + ((((c->base - h->base) >> h->region_shift) + 1) <<
			   h->region_shift)) - c->base;
	if (c->used + len + gap > room ||
	    !map_records(c, first + n + (uint32_t)(gap >> c->shift)) ||
	    !hard_os_commit(slab_addr(c, first), len))
		return false;
	c->used += len + gap;
	span_open(c, first, n);
	return true;
}

/* More slabs: a span that was there before, else a new one, a quarter of what
 * the class has. */
static bool grow(struct hard_heap *h, struct class *c)
{
	size_t pitch = 1ul << c->shift;
	size_t least = UK_MAX(pitch, h->span_min);
	size_t len = UK_MIN(UK_MAX(c->held / 4, least), h->span_max);
	uint32_t first = c->spare;

	if (first != NONE) {
		if (!hard_os_commit(slab_addr(c, first), span_bytes(c, first)))
			return false;
		c->spare = c->slab[first].next;
		span_open(c, first, c->slab[first].n_span);
		return true;
	}
	len = UK_ALIGN_DOWN(len, UK_MAX(pitch, HARD_PAGE));
	return span_new(h, c, UK_MAX(len, least)) ||
	       (len > least && span_new(h, c, least));
}

bool hard_refill(struct hard_heap *h, struct class *c)
{
	unsigned int region = (unsigned int)(c - h->cls);
	uint32_t nr, slot;
	struct slab *s;

	if (!c->slab && !hard_class_start(h, region))
		return false;
	if (c->head == NONE && !grow(h, c)) {
		hard_trim(h);
		if (c->head == NONE && !c->n_pool && !grow(h, c))
			return false;
	}
	while (c->head != NONE && c->n_pool < c->pool_cap / 2) {
		nr = c->head;
		s = &c->slab[nr];
		if (s->free == all_slots(c) && !c->slab[s->span].n_busy++)
			c->idle -= span_bytes(c, s->span);
		while (s->free && c->n_pool < c->pool_cap) {
			slot = (uint32_t)__builtin_ctzl(s->free);
			s->free &= s->free - 1;
			c->slots->pool[c->n_pool++] = nr << 6 | slot;
		}
		if (!s->free)
			list_del(c, nr);
	}
	return c->n_pool;
}

/* One slot back into its slab. */
static void give(const struct hard_heap *h, struct class *c, uint32_t e)
{
	uint32_t nr = e >> 6;
	struct slab *s = &c->slab[nr];
	size_t len;

	if (!s->free)
		list_add(c, nr);
	s->free |= 1ul << (e & 63);
	if (s->free != all_slots(c))
		return;
	if (--c->slab[s->span].n_busy)
		return;
	/* Some stay for the next requests; the last one always. */
	len = span_bytes(c, s->span);
	c->idle += len;
	if (c->idle > len && c->idle > h->idle_max)
		span_close(c, s->span);
}

void hard_spill(struct hard_heap *h, struct class *c)
{
	unsigned int n = c->pool_cap / 2;

	while (c->n_pool > n)
		give(h, c, c->slots->pool[--c->n_pool]);
}

void hard_trim(struct hard_heap *h)
{
	struct class *c;
	uint32_t nr;

	for (c = h->cls; c < h->cls + N_REGIONS; c++) {
		if (!c->slab)
			continue;
		while (c->n_pool)
			give(h, c, c->slots->pool[--c->n_pool]);
		for (nr = c->head; nr != NONE && c->idle;) {
			uint32_t first = c->slab[nr].span;

			/* Others of a span that goes may be next in line. */
			nr = c->slab[nr].next;
			if (!c->slab[first].n_busy) {
				span_close(c, first);
				nr = c->head;
			}
		}
	}
}
