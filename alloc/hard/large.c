/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blocks with a reservation of their own: unmapped pages on both sides, the
 * block against the upper one. When it is freed its memory goes at once; its
 * place stays unmapped for some more frees, so that nothing else is found
 * through an old pointer.
 */
#include <uk/str.h>

#include "hard.h"

#define FIRST_CAP (2 * HARD_PAGE / sizeof(struct large))

static size_t home(const struct large_table *t, uintptr_t at)
{
	return ((at >> 4) * 0x9e3779b97f4a7c15ul >> 32) & (t->cap - 1);
}

/* The row of the block at `at`, or the empty one where it belongs. */
static struct large *row(const struct large_table *t, uintptr_t at)
{
	size_t i = home(t, at);

	while (t->slot[i].at && t->slot[i].at != at)
		i = (i + 1) & (t->cap - 1);
	return &t->slot[i];
}

static bool table_room(struct large_table *t)
{
	struct large_table old = *t;
	size_t cap = old.cap ? old.cap * 2 : FIRST_CAP, i;
	size_t len = cap * sizeof(struct large);
	struct large *fresh;

	if (t->cap && t->n < t->cap / 4 * 3)
		return true;
	fresh = hard_os_reserve(len);
	if (!fresh)
		return false;
	if (!hard_os_commit(fresh, len)) {
		hard_os_release(fresh, len);
		return false;
	}
	t->slot = fresh;
	t->cap = cap;
	for (i = 0; i < old.cap; i++)
		if (old.slot[i].at)
			*row(t, old.slot[i].at) = old.slot[i];
	if (old.cap) {
		len = old.cap * sizeof(struct large);
		hard_os_decommit(old.slot, len);
		hard_os_release(old.slot, len);
	}
	return true;
}

/* Close the gap: move up what could no longer be found past it. */
static void table_del(struct large_table *t, struct large *l)
{
	size_t hole = (size_t)(l - t->slot), i = hole, mask = t->cap - 1;

	for (;;) {
		i = (i + 1) & mask;
		if (!t->slot[i].at)
			break;
		if (((i - home(t, t->slot[i].at)) & mask) >=
		    ((i - hole) & mask)) {
			t->slot[hole] = t->slot[i];
			hole = i;
		}
	}
	t->slot[hole].at = 0;
	t->n--;
}

struct large *hard_large_find(struct hard_heap *h, const void *p)
{
	struct large *l;

	if (!h->large.cap || !p)
		return NULL;
	l = row(&h->large, (uintptr_t)p);
	return l->at ? l : NULL;
}

static uintptr_t page_down(uintptr_t v)
{
	return UK_ALIGN_DOWN(v, HARD_PAGE);
}

static uintptr_t page_up(uintptr_t v)
{
	return UK_ALIGN_UP(v, HARD_PAGE);
}

void *hard_large_get(struct hard_heap *h, size_t size, size_t align,
		     size_t room)
{
	size_t most = PTRDIFF_MAX / 4, body, len;
	struct large l;

	if (size > most || align > most || !table_room(&h->large))
		goto fail;
	size = UK_ALIGN_UP(size, 16ul);
	body = page_up(size);
	len = body + page_up(room) + (align > HARD_PAGE ? align : 0);
	l.base = (uintptr_t)hard_os_reserve(len);
	if (!l.base)
		goto fail;
	l.len = len;
	l.at = align > HARD_PAGE ? UK_ALIGN_UP(l.base, align) :
	       UK_ALIGN_DOWN(l.base + body - size, align);
	l.end = l.at + size;
	if (!hard_os_commit((void *)page_down(l.at),
			    page_up(l.end) - page_down(l.at))) {
		hard_os_release((void *)l.base, len);
		goto fail;
	}
	*row(&h->large, l.at) = l;
	h->large.n++;
	return (void *)l.at;
fail:
	hard_os_no_memory();
	return NULL;
}

bool hard_large_grow(struct large *l, size_t size)
{
	uintptr_t end, from = page_up(l->end), to;

	if (size > l->base + l->len - l->at)
		return false;
	end = l->at + size;
	to = page_up(end);
	if (to > from && !hard_os_commit((void *)from, to - from))
		return false;
	l->end = UK_ALIGN_UP(end, 16ul);
	return true;
}

/* Memory gone, place kept: swap it with one at random, then wait in line. */
static void set_aside(struct hard_heap *h, struct large l)
{
	struct large_table *t = &h->large;
	struct large *mixed = &t->mixed[hard_random16(h) % LARGE_WAIT];
	struct large *line = &t->line[t->line_at];
	struct large next = *mixed;

	*mixed = l;
	if (!next.at)
		return;
	if (line->at)
		hard_os_release((void *)line->base, line->len);
	*line = next;
	t->line_at = (t->line_at + 1) % LARGE_WAIT;
}

void hard_large_put(struct hard_heap *h, struct large *l)
{
	struct large gone = *l;

	hard_os_decommit((void *)page_down(gone.at),
			 page_up(gone.end) - page_down(gone.at));
	table_del(&h->large, l);
	set_aside(h, gone);
}

static bool waits(const struct large_table *t, uintptr_t at)
{
	for (int i = 0; i < LARGE_WAIT; i++)
		if (t->mixed[i].at == at || t->line[i].at == at)
			return true;
	return false;
}

void hard_large_wrong(struct hard_heap *h, const void *p, const char *op)
{
	const struct large_table *t = &h->large;
	uintptr_t at = (uintptr_t)p;

	if (waits(t, at)) {
		if (!strcmp(op, "invalid free"))
			hard_os_die("double free", "");
		hard_os_die(op, ": the block is free");
	}
	for (size_t i = 0; i < t->cap; i++)
		if (t->slot[i].at && at - t->slot[i].base < t->slot[i].len)
			hard_os_die(op, ": inside a block");
	hard_os_die(op, ": not a block of this heap");
}
