/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/alloc.h>
#include <uk/str.h>
#include "piece.h"

struct piece *pieces;
size_t n_pieces;
static size_t room;

size_t piece_find(uintptr_t va)
{
	size_t low = 0, high = n_pieces;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (pieces[mid].end > va)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

static bool grow(void)
{
	size_t n = room ? room * 2 : 16;
	struct piece *more;

	if (n_pieces < room)
		return true;
	more = uk_realloc(NULL, pieces, n * sizeof(*pieces));
	if (!more)
		return false;
	pieces = more;
	room = n;
	return true;
}

bool piece_insert(size_t i, struct piece p)
{
	if (!grow())
		return false;
	memmove(pieces + i + 1, pieces + i, (n_pieces - i) * sizeof(*pieces));
	pieces[i] = p;
	n_pieces++;
	p.area->pieces++;
	return true;
}

void piece_remove(size_t i)
{
	pieces[i].area->pieces--;
	n_pieces--;
	memmove(pieces + i, pieces + i + 1, (n_pieces - i) * sizeof(*pieces));
}

bool piece_covers(uintptr_t start, uintptr_t end)
{
	size_t i;

	for (i = piece_find(start); start < end; i++) {
		if (i == n_pieces || pieces[i].start > start)
			return false;
		start = pieces[i].end;
	}
	return true;
}
