/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Walking and changing four-level page tables, whatever an entry looks like:
 * that is in the CPU's pte.h. Levels count from the page: 1 is the table of
 * 4 KiB entries, 2 that of 2 MiB entries, 4 the top.
 */
#include <uk/arch/paging.h>
#include "pte.h"

#define TOP 4
/* Address bits that are 0 where a large page may begin. */
#define LARGE_BITS ((UKARCH_PAGE_LARGE - 1) & UKARCH_PTE_ADDR)

static unsigned int shift_of(unsigned int level)
{
	return 12 + 9 * (level - 1);
}

/* Bytes that one entry of a level covers. */
static size_t span(unsigned int level)
{
	return 1ul << shift_of(level);
}

static unsigned int index_of(uintptr_t va, unsigned int level)
{
	return va >> shift_of(level) & (UKARCH_PT_ENTRIES - 1);
}

static uint64_t *table_at(const struct ukarch_pt *pt, uint64_t pa)
{
	return (uint64_t *)(pt->window + pa);
}

/* The way down to an entry: path[l] is the one passed on level l. */
struct walk {
	unsigned int level;		/* where it ended */
	uint64_t *entry;		/* = path[level] */
	uint64_t *path[TOP + 1];
};

/*
 * Go down towards va's entry on level `want`. Ends above it at a large page,
 * or at an absent entry unless tables shall be made. false: it did not get as
 * far as a table or page.
 */
static bool descend(const struct ukarch_pt *pt, uintptr_t va,
		    unsigned int want, bool make, struct walk *w)
{
	unsigned int level = TOP, shift = shift_of(TOP);
	uint64_t *entry, next = pt->root;

	for (;; level--, shift -= 9) {
		entry = table_at(pt, next) +
			(va >> shift & (UKARCH_PT_ENTRIES - 1));
		w->path[level] = entry;
		if (level == want)
			break;
		next = *entry & UKARCH_PTE_ADDR;
		if (!(*entry & UKARCH_PTE_P)) {
			if (!make)
				break;
			next = pt->take();
			if (!next)
				break;
			ukarch_pt_clear(table_at(pt, next));
			*entry = next | PTE_TABLE;
		} else if (pte_is_large(*entry)) {
			break;
		}
	}
	w->level = level;
	w->entry = entry;
	return next != 0;
}

/* Make the large page that `entry` maps at va 512 small ones. */
static int split(const struct ukarch_pt *pt, uint64_t *entry, uintptr_t va)
{
	uint64_t pa = pt->take(), leaf = pte_small(*entry);
	uint64_t *table;
	unsigned int i;

	if (!pa)
		return -1;
	table = table_at(pt, pa);
	for (i = 0; i < UKARCH_PT_ENTRIES; i++, leaf += UKARCH_PAGE_SIZE)
		table[i] = leaf;
	pte_break(entry, va, pa | PTE_TABLE);
	return 0;
}

/* Let a page begin at va. */
static int split_at(const struct ukarch_pt *pt, uintptr_t va)
{
	struct walk w;

	if ((va & (UKARCH_PAGE_LARGE - 1)) == 0)
		return 0;
	descend(pt, va, 1, false, &w);
	if (w.level != 2 || !(*w.entry & UKARCH_PTE_P))
		return 0;
	return split(pt, w.entry, va);
}

/* Where areas lie far apart tables are almost empty: eight together. */
static const uint64_t *next_present(const uint64_t *e, const uint64_t *end)
{
	while (end - e >= 8 && !((e[0] | e[1] | e[2] | e[3] | e[4] | e[5] |
				  e[6] | e[7]) & UKARCH_PTE_P))
		e += 8;
	while (e < end && !(*e & UKARCH_PTE_P))
		e++;
	return e;
}

static bool is_empty(const uint64_t *table)
{
	const uint64_t *end = table + UKARCH_PT_ENTRIES;

	return next_present(table, end) == end;
}

/* Give back the tables round the walk's end, as far up as they are empty. */
static void prune(const struct ukarch_pt *pt, const struct walk *w)
{
	unsigned int level;

	for (level = w->level + 1; level <= TOP; level++) {
		uint64_t pa = *w->path[level] & UKARCH_PTE_ADDR;

		if (!is_empty(table_at(pt, pa)))
			return;
		*w->path[level] = 0;
		pt->give(pa);
	}
}

/*
 * Clear and set bits in all entries of [va, end), whose borders are borders
 * of pages. An entry that becomes absent may take its tables along.
 */
static void change(const struct ukarch_pt *pt, uintptr_t va, uintptr_t end,
		   uint64_t clear, uint64_t set)
{
	uintptr_t last = end - 1;
	struct walk w;
	size_t step;

	if (va == end)
		return;
	/* Ends before a sum could pass the end of the address space. */
	for (;; va = (va | (step - 1)) + 1) {
		descend(pt, va, 1, false, &w);
		step = span(w.level);
		if (*w.entry & UKARCH_PTE_P) {
			*w.entry = (*w.entry & ~clear) | set;
			/* The rest of the run in this table, no walking. */
			while (w.level == 1 && last - va >= step &&
			       index_of(va + step, 1) != 0) {
				va += step;
				w.entry++;
				if (*w.entry & UKARCH_PTE_P)
					*w.entry = (*w.entry & ~clear) | set;
			}
			if (clear & UKARCH_PTE_P)
				prune(pt, &w);
		}
		if ((va | (step - 1)) >= last)
			break;
	}
}

int ukarch_pt_unmap(const struct ukarch_pt *pt, uintptr_t va, size_t len)
{
	if (split_at(pt, va) || split_at(pt, va + len))
		return -1;
	change(pt, va, va + len, ~0ul, 0);
	return 0;
}

int ukarch_pt_protect(const struct ukarch_pt *pt, uintptr_t va, size_t len,
		      unsigned int prot)
{
	if (split_at(pt, va) || split_at(pt, va + len))
		return -1;
	change(pt, va, va + len, PTE_RIGHTS, pte_rights(pt, prot));
	return 0;
}

int ukarch_pt_map(const struct ukarch_pt *pt, uintptr_t va, uint64_t pa,
		  size_t len, unsigned int prot, bool large)
{
	uint64_t leaf = ukarch_pt_encode(pt, pa, prot);
	uintptr_t at = va, end = va + len;
	uint64_t *last;
	struct walk w;

	while (at < end) {
		bool big = large && end - at >= UKARCH_PAGE_LARGE &&
			   ((at | leaf) & LARGE_BITS) == 0;
		unsigned int level = big ? 2 : 1;
		size_t step = span(level), n = (end - at) / step;
		size_t room = UKARCH_PT_ENTRIES - index_of(at, level);

		if (!descend(pt, at, level, true, &w)) {
			prune(pt, &w);
			change(pt, va, at, ~0ul, 0);
			return -1;
		}
		n = n < room ? n : room;
		at += n * step;
		for (last = w.entry + n; w.entry < last; leaf += step)
			*w.entry++ = big ? pte_large(leaf) : leaf;
	}
	return 0;
}

/* Bytes from va on in a run of w's table whose entries continue the first. */
static size_t run(const struct walk *w, uintptr_t va, uint64_t step)
{
	const uint64_t *last = w->entry + (UKARCH_PT_ENTRIES - 1 -
					   index_of(va, w->level));
	const uint64_t *e = w->entry;
	uint64_t expect = *e & ~PTE_IGNORE;

	while (e < last) {
		expect += step;
		if ((e[1] & ~PTE_IGNORE) != expect)
			break;
		e++;
	}
	return (size_t)(e - w->entry + 1) * span(w->level) -
	       (va & (span(w->level) - 1));
}

/*
 * Bytes from va on, where the walk ended at an absent entry, up to what is
 * mapped next, or to the end of what the tables reach: down into every table on
 * the way, and up again at its end.
 */
static size_t absent(const struct ukarch_pt *pt, struct walk *w, uintptr_t va)
{
	unsigned int level = w->level;
	uintptr_t at = va & -span(level);
	uint64_t *e = w->entry;

	for (;;) {
		size_t last = (level == TOP ? PTE_REACH : span(level + 1)) - 1;
		size_t left = ((~at & last) >> shift_of(level)) + 1;
		size_t n = next_present(e, e + left) - e;

		at += n << shift_of(level);
		e += n;
		if (n < left) {
			if (level == 1 || pte_is_large(*e))
				return at - va;
			w->path[level--] = e;
			e = table_at(pt, *e & UKARCH_PTE_ADDR);
			continue;
		}
		if (at % PTE_REACH == 0)
			return at - va;
		do
			e = w->path[++level] + 1;
		while (index_of(at, level) == 0);
	}
}

bool ukarch_pt_query(const struct ukarch_pt *pt, uintptr_t va, uint64_t *pa,
		     unsigned int *prot, size_t *len)
{
	struct walk w;

	*len = pte_beyond(va);
	if (*len)
		return false;
	descend(pt, va, 1, false, &w);
	if (!(*w.entry & UKARCH_PTE_P)) {
		*len = absent(pt, &w, va);
		return false;
	}
	*prot = ukarch_pt_decode(pt, *w.entry);
	*pa = (*w.entry & UKARCH_PTE_ADDR) + (va & (span(w.level) - 1));
	*len = run(&w, va, span(w.level));
	return true;
}
