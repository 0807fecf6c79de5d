/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Are these layouts random? A table of addresses, one row a layout, one column
 * an area; what is wrong with it, or NULL. A fair generator fails once in some
 * ten million tables: each of some 10,000 looks allows 7 standard deviations
 * (1 in 390,000 million), or a chi-square of like rarity.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define STATS_COLUMNS 16
#define STATS_ROWS 1000

struct stats_column {
	const char *name;
	uintptr_t low, high;	/* drawn from [low, high) */
	unsigned int first;	/* lowest bit that is drawn */
	unsigned int bits;	/* so many from there on must be random */
};

struct stats {
	size_t rows, columns;
	struct stats_column column[STATS_COLUMNS];
	uintptr_t at[STATS_ROWS][STATS_COLUMNS];
};

const char *stats_wrong(const struct stats *s);
