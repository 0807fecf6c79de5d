/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the linker put each section of each object, from its map. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct placed {
	const char *file, *section;
	uint64_t addr, size;
	size_t nr;			/* in the order of the map */
};

struct map {
	struct placed *at;
	size_t n;
};

/* Both GNU ld's and lld's form. Dies on a map that is neither. */
struct map map_read(const char *name);
/*
 * The nth (from 0) section of this name from this file, or NULL: the linker
 * dropped it.
 */
const struct placed *map_find(const struct map *m, const char *file,
			      const char *section, size_t nth);
