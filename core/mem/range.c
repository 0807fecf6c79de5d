/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/essentials.h>
#include "range.h"

static struct mem_range first_ranges[32];

struct mem_table mem_ranges = {
	.name = "ranges",
	.rows = first_ranges,
	.cap = UK_ARRAY_SIZE(first_ranges),
	.row = sizeof(struct mem_range),
};

uint32_t mem_range_find(uintptr_t va)
{
	uint32_t lo = 0, hi = mem_ranges.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct mem_range *r = mem_range_at(mid);

		if (r->va + r->len > va)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

uint32_t mem_range_holding(uintptr_t va)
{
	uint32_t i = mem_range_find(va);

	if (i < mem_ranges.n && mem_range_at(i)->va <= va)
		return i;
	return mem_ranges.n;
}

void mem_range_add(const struct mem_range *r)
{
	*(struct mem_range *)mem_table_insert(&mem_ranges,
					      mem_range_find(r->va)) = *r;
}

void mem_range_split(uintptr_t va)
{
	uint32_t i = mem_range_holding(va);
	struct mem_range *r;
	size_t first;

	if (i == mem_ranges.n || mem_range_at(i)->va == va)
		return;
	first = va - mem_range_at(i)->va;
	r = mem_table_insert(&mem_ranges, i);
	r[0] = r[1];
	r[0].len = first;
	r[0].above = 0;
	r[1].va += first;
	r[1].pa += first;
	r[1].len -= first;
	r[1].below = 0;
	r[1].flags &= (uint16_t)~MEM_HEAD;
}

static bool joinable(const struct mem_range *a, const struct mem_range *b)
{
	return !(b->flags & MEM_HEAD) && a->va + a->len == b->va &&
	       a->pa + a->len == b->pa && a->rights == b->rights &&
	       !((a->flags ^ b->flags) & MEM_HOLE);
}

void mem_range_join(uintptr_t first, uintptr_t last)
{
	uint32_t i = mem_range_find(first);

	if (i)
		i--;
	while (i + 1 < mem_ranges.n && mem_range_at(i)->va <= last) {
		struct mem_range *r = mem_range_at(i);

		if (joinable(&r[0], &r[1])) {
			r[0].len += r[1].len;
			r[0].above = r[1].above;
			mem_table_remove(&mem_ranges, i + 1);
		} else {
			i++;
		}
	}
}

uint32_t mem_area_start(uint32_t i)
{
	while (!(mem_range_at(i)->flags & MEM_HEAD))
		i--;
	return i;
}

uint32_t mem_area_end(uint32_t i)
{
	for (i++; i < mem_ranges.n; i++)
		if (mem_range_at(i)->flags & MEM_HEAD)
			break;
	return i;
}

struct mem_range *mem_range_of_window(uintptr_t window)
{
	uint32_t i = mem_range_find(window);

	/* While it is empty, its record ends where it begins. */
	while (i && mem_range_at(i - 1)->va == window)
		i--;
	return mem_range_at(i);
}
