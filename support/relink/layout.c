/* SPDX-License-Identifier: BSD-3-Clause */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "relink.h"

static const struct order *sorting;

static int by_new(const void *x, const void *y)
{
	uint32_t a = sorting->to[*(const uint32_t *)x];
	uint32_t b = sorting->to[*(const uint32_t *)y];

	return (a > b) - (a < b);
}

/* How many orders there are, gaps not counted: the logarithm to base 2. */
static double bits(const struct order *o)
{
	const struct kit_part *part = o->kit.parts;
	double sum = 0;

	for (uint32_t z = 0; z < o->kit.head.zones; z++) {
		sum += lgamma(o->kit.zones[z].parts + 1.0);
		for (uint32_t i = 0; i < o->kit.zones[z].parts; i++)
			sum += lgamma(part++->pieces + 1.0);
	}
	return sum / log(2);
}

/* Which order, of how many; then one line a piece: new address, old address,
 * size, all in hex. */
void layout_write(const struct order *o, const struct seed *seed,
		  const char *name)
{
	uint32_t n = o->kit.head.pieces, *index;
	uint64_t base = o->kit.head.base;
	char *text, hex[65], *at;

	index = must(calloc(n + 1ul, sizeof(*index)));
	text = at = must(malloc(n * 48ul + 128));
	for (uint32_t i = 0; i < n; i++)
		index[i] = i + 1;
	sorting = o;
	qsort(index, n, sizeof(*index), by_new);
	seed_hex(seed->commitment, sizeof(seed->commitment), hex);
	at += sprintf(at, "layout=%s\nbits=%.0f\n", hex, bits(o));
	for (uint32_t i = 0; i < n; i++) {
		const struct kit_piece *p = &o->kit.pieces[index[i] - 1];

		at += sprintf(at, "%lx %lx %x\n", base + o->to[index[i]],
			      base + p->at, KIT_SIZE(p));
	}
	file_write(name, text, (size_t)(at - text), 0600);
	free(text);
	free(index);
}

void layout_kit(const struct order *o, const struct elf *e, const uint8_t *out,
		const char *name)
{
	struct elf new = *e;
	uint8_t *copy = must(malloc(o->file.size));
	struct kit_head *h = (struct kit_head *)copy;
	struct kit_piece *p;

	memcpy(copy, o->file.data, o->file.size);
	p = (struct kit_piece *)(copy + ((const uint8_t *)o->kit.pieces -
					 o->file.data));
	for (uint32_t i = 0; i < h->pieces; i++)
		p[i].at = o->to[i + 1];
	new.file.data = (uint8_t *)out;
	h->sum = image_sum(&new);
	file_write(name, copy, o->file.size, 0600);
	free(copy);
}
