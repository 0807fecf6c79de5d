/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sorted arrays that grow by whole pages without moving: each has a window of
 * address space of its own. They start in a small static array, because the
 * pages come from what the arrays describe.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Address space for one table: 4 million runs, a million ranges. */
#define MEM_TABLE_WINDOW (64ul << 20)

struct mem_table {
	const char *name;	/* of its window, as uk_vm_foreach shows it */
	void *rows;
	uint32_t n, cap;	/* rows in use, rows that fit */
	uint32_t row;		/* bytes of one */
	/* Rows kept free for what growing itself may add: the platform can
	 * give page tables back in the middle of it. */
	uint32_t slack;
	bool growing;
	uintptr_t window;	/* 0: cannot grow yet */
	size_t mapped;		/* bytes of the window that are there */
};

/*
 * Make sure that `more` rows can be added; tries to keep `slack` beyond them.
 * 0 or -ENOMEM. Growing takes frames, so it changes the table of free runs:
 * look up positions afterwards.
 */
int mem_table_room(struct mem_table *t, uint32_t more);

/* Open a gap at row i (room was made) and return it; close one. */
void *mem_table_insert(struct mem_table *t, uint32_t i);
void mem_table_remove(struct mem_table *t, uint32_t i);
