/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/str.h>

#include "stats.h"

#define LIBS_PER_CHUNK 16

struct lib_stats {
	const char *name;		/* NULL: free from here on */
	struct uk_alloc_stats st;
};

/* Counters of libraries: the first chunk is static, more come from the
 * allocator, none is ever given back. */
static struct lib_chunk {
	struct lib_chunk *next;
	struct lib_stats lib[LIBS_PER_CHUNK];
} first_chunk;

/* One live block. Open addressing; p == NULL: free slot. */
struct record {
	const void *p;
	size_t size;
	struct lib_stats *lib;
};
static struct record *records;
static size_t n_slots, n_records;	/* n_slots: 0 or a power of two */
static size_t record_pages;
static struct uk_alloc *records_from;	/* whose pages they are */

/* The library's counters; with `a` they are made when missing. */
static struct lib_stats *lib_find(struct uk_alloc *a, const char *name)
{
	struct lib_chunk *c, *last = NULL, *fresh;
	struct lib_stats *l;

	for (c = &first_chunk; c; last = c, c = c->next)
		for (l = c->lib; l < c->lib + LIBS_PER_CHUNK; l++) {
			if (!l->name && a)
				l->name = name;
			if (!l->name)
				return NULL;
			if (l->name == name || !strcmp(l->name, name))
				return l;
		}
	if (!a)
		return NULL;
	fresh = a->ops->malloc(a, sizeof(*fresh));
	if (!fresh)
		return NULL;
	memset(fresh, 0, sizeof(*fresh));
	fresh->lib[0].name = name;
	last->next = fresh;
	return &fresh->lib[0];
}

static size_t home(const void *p)
{
	uint64_t x = (uintptr_t)p >> 4;

	return (x * 0x9e3779b97f4a7c15u >> 20) & (n_slots - 1);
}

/* The slot that holds p, or the free one where it belongs. */
static struct record *slot(const void *p)
{
	size_t i = home(p);

	while (records[i].p && records[i].p != p)
		i = (i + 1) & (n_slots - 1);
	return &records[i];
}

static void *pages_get(struct uk_alloc *a, size_t n)
{
	return a->ops->palloc ? a->ops->palloc(a, n) :
		a->ops->memalign(a, UK_PAGE_SIZE, n * UK_PAGE_SIZE);
}

static void pages_put(struct uk_alloc *a, void *p, size_t n)
{
	if (a->ops->pfree)
		a->ops->pfree(a, p, n);
	else
		a->ops->free(a, p);
}

/* Twice the slots (128 at first: 24 bytes each, one page). */
static bool grow(struct uk_alloc *a)
{
	size_t old_slots = n_slots, old_pages = record_pages, i;
	size_t slots = n_slots ? n_slots * 2 : 128;
	size_t pages = (slots * sizeof(struct record) + UK_PAGE_SIZE - 1) >>
		       UK_PAGE_SHIFT;
	struct record *old = records, *fresh = pages_get(a, pages);

	if (!fresh)
		return false;
	memset(fresh, 0, pages * UK_PAGE_SIZE);
	records = fresh;
	n_slots = slots;
	record_pages = pages;
	for (i = 0; i < old_slots; i++)
		if (old[i].p)
			*slot(old[i].p) = old[i];
	if (old)
		pages_put(records_from, old, old_pages);
	records_from = a;
	return true;
}

bool uk_stats_prepare(struct uk_alloc *a, const char *lib)
{
	if (!lib_find(a, lib))
		return false;
	return n_records + 1 <= n_slots / 4 * 3 || grow(a);
}

static void used_more(struct uk_alloc_stats *st, size_t size)
{
	st->bytes_used += size;
	if (st->bytes_peak < st->bytes_used)
		st->bytes_peak = st->bytes_used;
}

void uk_stats_add(struct uk_alloc *a, const void *p, size_t size,
		  const char *lib)
{
	struct lib_stats *l = lib_find(a, lib);

	*slot(p) = (struct record){ p, size, l };
	n_records++;
	used_more(&a->stats, size);
	used_more(&l->st, size);
	l->st.n_alloc++;
	l->st.blocks_used++;
}

void uk_stats_del(struct uk_alloc *a, const void *p)
{
	struct record *r = n_slots ? slot(p) : NULL;
	size_t hole, i;

	if (!r || !r->p)
		return; /* taken behind the wrappers' back */
	a->stats.bytes_used -= r->size;
	r->lib->st.bytes_used -= r->size;
	r->lib->st.n_free++;
	r->lib->st.blocks_used--;
	n_records--;
	/* Close the gap: move up what could no longer be found past it. */
	hole = i = (size_t)(r - records);
	for (;;) {
		i = (i + 1) & (n_slots - 1);
		if (!records[i].p)
			break;
		if (((i - home(records[i].p)) & (n_slots - 1)) >=
		    ((i - hole) & (n_slots - 1))) {
			records[hole] = records[i];
			hole = i;
		}
	}
	records[hole].p = NULL;
}

void uk_stats_fail(const char *lib)
{
	struct lib_stats *l = lib_find(NULL, lib);

	if (l)
		l->st.n_fail++;
}

int uk_alloc_stats_lib(const char *lib, struct uk_alloc_stats *out)
{
	struct lib_stats *l = lib_find(NULL, lib);

	if (!l)
		return -ENOENT;
	*out = l->st;
	return 0;
}

int uk_alloc_stats_foreach(int (*fn)(const char *lib,
				     const struct uk_alloc_stats *st,
				     void *arg), void *arg)
{
	struct lib_chunk *c;
	size_t i;
	int rc;

	for (c = &first_chunk; c; c = c->next)
		for (i = 0; i < LIBS_PER_CHUNK && c->lib[i].name; i++) {
			rc = fn(c->lib[i].name, &c->lib[i].st, arg);
			if (rc)
				return rc;
		}
	return 0;
}
