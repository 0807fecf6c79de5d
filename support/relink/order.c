/* SPDX-License-Identifier: BSD-3-Clause */
/* Which piece something was in before. */
#include <stdlib.h>
#include "relink.h"

static const struct order *sorting;

static int by_old(const void *x, const void *y)
{
	uint32_t a = sorting->kit.pieces[*(const uint32_t *)x - 1].at;
	uint32_t b = sorting->kit.pieces[*(const uint32_t *)y - 1].at;

	return (a > b) - (a < b);
}

uint32_t *order_sorted(const struct order *o)
{
	uint32_t n = o->kit.head.pieces;
	uint32_t *index = must(calloc(n + 1ul, sizeof(*index)));

	for (uint32_t i = 0; i < n; i++)
		index[i] = i + 1;
	sorting = o;
	qsort(index, n, sizeof(*index), by_old);
	return index;
}

uint32_t order_piece(const struct order *o, const uint32_t *index, uint64_t at)
{
	uint32_t low = 0, high = o->kit.head.pieces, mid;
	const struct kit_piece *p;

	while (low < high) {
		mid = (low + high) / 2;
		if (o->kit.pieces[index[mid] - 1].at <= at)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low)
		return 0;
	p = &o->kit.pieces[index[low - 1] - 1];
	return at <= (uint64_t)p->at + KIT_SIZE(p) ? index[low - 1] : 0;
}
