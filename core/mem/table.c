/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/plat.h>
#include <uk/str.h>
#include "range.h"
#include "rights.h"
#include "table.h"

static char *row_at(const struct mem_table *t, uint32_t i)
{
	return (char *)t->rows + (size_t)i * t->row;
}

static int add_page(struct mem_table *t)
{
	uintptr_t va = t->window + t->mapped;
	struct mem_range *r;
	uint64_t pa;
	int rc;

	if (!t->window || t->mapped == MEM_TABLE_WINDOW)
		return -ENOMEM;
	rc = uk_frame_alloc(1, UK_PAGE_SIZE, &pa);
	if (rc)
		return rc;
	rc = ukplat_map(va, pa, UK_PAGE_SIZE, mem_rights(UK_MEM_R | UK_MEM_W));
	if (rc) {
		uk_frame_free(pa, 1);
		return rc;
	}
	if (!t->mapped) {
		memcpy((void *)va, t->rows, (size_t)t->n * t->row);
		t->rows = (void *)va;
	}
	t->mapped += UK_PAGE_SIZE;
	t->cap = (uint32_t)(t->mapped / t->row);
	r = mem_range_of_window(t->window);
	r->len = t->mapped;
	r->above--;
	return 0;
}

int mem_table_room(struct mem_table *t, uint32_t more)
{
	if (t->cap - t->n < more + t->slack && !t->growing) {
		t->growing = true;
		/* Without success there may still be room enough. */
		(void)add_page(t);
		t->growing = false;
	}
	return t->cap - t->n < more ? -ENOMEM : 0;
}

void *mem_table_insert(struct mem_table *t, uint32_t i)
{
	char *row = row_at(t, i);

	memmove(row + t->row, row, (size_t)(t->n - i) * t->row);
	t->n++;
	return row;
}

void mem_table_remove(struct mem_table *t, uint32_t i)
{
	char *row = row_at(t, i);

	t->n--;
	memmove(row, row + t->row, (size_t)(t->n - i) * t->row);
}
