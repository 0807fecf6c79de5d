/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Free frames as a sorted array of runs, no two of which adjoin. Nothing is
 * kept by frame, so starting costs nothing a frame, and a frame that is freed
 * twice is found in the array, always. Frames are taken from the lowest run
 * that fits: low memory first, large runs stay whole.
 *
 * Nothing gets lost when the array is full: then there are at least as many
 * free frames as runs, enough for one more page of the array and its tables.
 */
#include <uk/assert.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/plat.h>
#include "extent.h"

struct run {
	uint64_t base, n;	/* frame numbers */
};

/* Room for what the memory map can hold, and for a few cuts before the
 * final tables are there. */
static struct run first_runs[MEM_MAP_RUNS + 7];

struct mem_map mem_ram;
struct mem_table mem_extents = {
	.name = "frames",
	.rows = first_runs,
	.cap = UK_ARRAY_SIZE(first_runs),
	.row = sizeof(struct run),
	.slack = 6,
};
static uint64_t n_total, n_free;

static struct run *run_at(uint32_t i)
{
	return (struct run *)mem_extents.rows + i;
}

void mem_frame_init(void)
{
	size_t i;

	mem_extents.n = (uint32_t)mem_ram.n;
	n_total = 0;
	for (i = 0; i < mem_ram.n; i++) {
		*run_at(i) = (struct run){
			mem_ram.run[i].base >> UK_PAGE_SHIFT,
			mem_ram.run[i].len >> UK_PAGE_SHIFT,
		};
		n_total += run_at(i)->n;
	}
	n_free = n_total;
}

/* First run that ends behind `frame`; mem_extents.n if none does. */
static uint32_t find(uint64_t frame)
{
	uint32_t lo = 0, hi = mem_extents.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (run_at(mid)->base + run_at(mid)->n > frame)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

/* Take [base, base + n) out of run i. A cut in the middle needs one row. */
static void cut(uint32_t i, uint64_t base, uint64_t n)
{
	struct run *r = run_at(i);
	uint64_t before = base - r->base, after = r->n - before - n;

	n_free -= n;
	if (before && after) {
		r = mem_table_insert(&mem_extents, i);
		r[0] = (struct run){ base - before, before };
		r[1] = (struct run){ base + n, after };
	} else if (before) {
		r->n = before;
	} else if (after) {
		*r = (struct run){ base + n, after };
	} else {
		mem_table_remove(&mem_extents, i);
	}
}

int uk_frame_alloc(size_t n, size_t align, uint64_t *pa)
{
	uint64_t step = align >> UK_PAGE_SHIFT;
	bool may_split = true;
	uint32_t i;

	if (!n || !UK_IS_POWER_OF_2(align) || !step)
		return -EINVAL;
	if (n > n_free)
		return -ENOMEM;
	if (step > 1)
		may_split = !mem_table_room(&mem_extents, 1);
	for (i = 0; i < mem_extents.n; i++) {
		const struct run *r = run_at(i);
		uint64_t base = UK_ALIGN_UP(r->base, step);
		uint64_t skip = base - r->base;

		if (skip >= r->n || r->n - skip < n)
			continue;
		if (skip && r->n - skip > n && !may_split)
			continue;
		*pa = base << UK_PAGE_SHIFT;
		cut(i, base, n);
		return 0;
	}
	return -ENOMEM;
}

size_t mem_frame_take(size_t max, bool whole, uint64_t *pa)
{
	uint32_t i, best = 0;
	uint64_t n;

	if (!uk_frame_alloc(max, UK_PAGE_SIZE, pa))
		return max;
	if (whole || !mem_extents.n)
		return 0;
	for (i = 1; i < mem_extents.n; i++)
		if (run_at(i)->n > run_at(best)->n)
			best = i;
	n = UK_MIN(run_at(best)->n, (uint64_t)max);
	*pa = run_at(best)->base << UK_PAGE_SHIFT;
	cut(best, run_at(best)->base, n);
	return n;
}

static bool managed(uint64_t pa, uint64_t len)
{
	size_t i;

	for (i = 0; i < mem_ram.n; i++) {
		const struct mem_run *r = &mem_ram.run[i];

		if (pa >= r->base && pa - r->base < r->len &&
		    len <= r->len - (pa - r->base))
			return true;
	}
	return false;
}

bool mem_frame_touches(uint64_t pa, uint64_t len)
{
	size_t i;

	for (i = 0; i < mem_ram.n; i++) {
		const struct mem_run *r = &mem_ram.run[i];

		if (pa < r->base + r->len && pa + len > r->base)
			return true;
	}
	return false;
}

/* Enter a run that overlaps none, joined with its neighbours. */
static void enter(uint32_t i, uint64_t base, uint64_t n)
{
	struct run *next = i < mem_extents.n ? run_at(i) : NULL;
	struct run *prev = i ? run_at(i - 1) : NULL;
	bool to_next = next && base + n == next->base;
	bool to_prev = prev && prev->base + prev->n == base;

	n_free += n;
	if (to_prev && to_next) {
		prev->n += n + next->n;
		mem_table_remove(&mem_extents, i);
	} else if (to_prev) {
		prev->n += n;
	} else if (to_next) {
		next->base = base;
		next->n += n;
	} else if (mem_extents.n < mem_extents.cap) {
		*(struct run *)mem_table_insert(&mem_extents, i) =
			(struct run){ base, n };
	} else {
		UK_CRASH("the list of free memory is full and cannot grow");
	}
}

void uk_frame_free(uint64_t pa, size_t n)
{
	uint64_t base = pa >> UK_PAGE_SHIFT;
	uint32_t i;

	if (unlikely(!n || !UK_IS_ALIGNED(pa, UK_PAGE_SIZE) ||
		     n > SIZE_MAX >> UK_PAGE_SHIFT ||
		     !managed(pa, (uint64_t)n << UK_PAGE_SHIFT)))
		UK_CRASH("%zu frames freed that are not memory", n);
	/* Without room the run may still adjoin another. */
	(void)mem_table_room(&mem_extents, 1);
	i = find(base);
	if (unlikely(i < mem_extents.n && run_at(i)->base < base + n))
		UK_CRASH("%zu frames freed that are free already", n);
	enter(i, base, n);
}

void mem_frame_adopt(uint64_t pa, uint64_t len)
{
	uint64_t base = pa >> UK_PAGE_SHIFT, n = len >> UK_PAGE_SHIFT;
	size_t i;

	/* What was cut out of the middle of a run goes back to its end; at the
	 * start of one it gave none up, so that there is a row for it. */
	for (i = 0; i < mem_ram.n; i++)
		if (mem_ram.run[i].base + mem_ram.run[i].len == pa)
			break;
	if (i == MEM_MAP_RUNS)
		return;
	if (i == mem_ram.n)
		mem_ram.run[mem_ram.n++] = (struct mem_run){ pa, 0 };
	mem_ram.run[i].len += len;
	n_total += n;
	enter(find(base), base, n);
}

void uk_frame_stats(struct uk_frame_stats *st)
{
	uint32_t i;

	st->total = n_total;
	st->free = n_free;
	st->largest_run = 0;
	for (i = 0; i < mem_extents.n; i++)
		st->largest_run = UK_MAX(st->largest_run, run_at(i)->n);
}
