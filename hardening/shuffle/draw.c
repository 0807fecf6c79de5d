/* SPDX-License-Identifier: BSD-3-Clause */
/* A place for every piece: libraries in a new order in their zone, functions
 * in a new order in their library, and what is left over between them. */
#include "shuffle.h"

/* Orders to try where alignment eats up what a zone has to spare. */
#define TRIES 32

struct zone {
	const struct shuffle_kit *k;
	const struct kit_zone *z;
	uint32_t first_part, first_piece;
	uint32_t n;			/* pieces */
	uint32_t *order;		/* index of a piece, in the new order */
	uint32_t *parts;		/* index of a part in this zone, too */
};

/* Fisher and Yates, from the end. */
static void permute(struct shuffle_random *r, uint32_t *p, uint32_t n)
{
	for (; n > 1; n--) {
		uint32_t i = shuffle_uniform(r, n), t = p[i];

		p[i] = p[n - 1];
		p[n - 1] = t;
	}
}

static const struct kit_piece *piece(const struct zone *z, uint32_t index)
{
	return &z->k->pieces[index - 1];
}

/* Pieces within their parts, and the parts. */
static void new_order(const struct zone *z, struct shuffle_random *r)
{
	const struct kit_part *part = z->k->parts + z->first_part;
	uint32_t *order = z->order;

	for (uint32_t i = 0; i < z->n; i++)
		order[i] = z->first_piece + i;
	for (uint32_t i = 0; i < z->z->parts; i++) {
		z->parts[i] = i;
		permute(r, order, part[i].pieces);
		order += part[i].pieces;
	}
	permute(r, z->parts, z->z->parts);
}

static uint64_t align_up(uint64_t v, uint64_t align)
{
	return (v + align - 1) & -align;
}

/* Parts on pages of their own have one between them that nothing is in. */
static uint32_t moat(const struct zone *z)
{
	return z->z->align == KIT_MAX_ALIGN ? 1u << KIT_MAX_ALIGN : 0;
}

/* Where part `i` begins in `order`. */
static uint32_t part_start(const struct zone *z, uint32_t i)
{
	const struct kit_part *part = z->k->parts + z->first_part;
	uint32_t start = 0;

	while (i--)
		start += part[i].pieces;
	return start;
}

/* A gap in front of a piece: none, or one, two or three times a third. A byte
 * is enough for four. */
static uint32_t draw_gap(struct shuffle_random *r, uint32_t gap, uint32_t *bits)
{
	uint32_t thirds;

	if (*bits <= 1)
		*bits = shuffle_uniform(r, 256) | 256;
	thirds = *bits & 3;
	*bits >>= 2;
	return thirds * gap / 3;
}

/* Place all, with up to gap bytes before a piece and up to part_gap before a
 * part; returns where the last one ends. No random numbers for no gaps. */
static uint64_t place(const struct zone *z, struct shuffle_random *r,
		      uint32_t gap, uint32_t part_gap, uint32_t *to)
{
	uint64_t base = z->k->head.base, at = base + z->z->at;
	uint32_t bits = 0;

	for (uint32_t i = 0; i < z->z->parts; i++) {
		uint32_t n = z->k->parts[z->first_part + z->parts[i]].pieces;
		const uint32_t *order = z->order + part_start(z, z->parts[i]);

		if (part_gap)
			at += shuffle_uniform(r, part_gap + 1);
		at = align_up(at, 1ull << z->z->align) + moat(z);
		for (; n; n--, order++) {
			const struct kit_piece *p = piece(z, *order);

			if (gap)
				at += draw_gap(r, gap, &bits);
			at = align_up(at, KIT_ALIGN(p));
			to[*order] = (uint32_t)(at - base);
			at += KIT_SIZE(p);
		}
	}
	return at - base;
}

/* Where the last piece ends at most, whatever the order. */
static uint64_t worst(const struct zone *z)
{
	uint64_t sum = z->z->at + (uint64_t)z->z->parts *
		       ((1ull << z->z->align) - 1 + moat(z));

	for (uint32_t i = 0; i < z->n; i++) {
		const struct kit_piece *p = piece(z, z->first_piece + i);

		sum += KIT_SIZE(p) + KIT_ALIGN(p) - 1;
	}
	return sum;
}

/* Half of what is left goes between pieces, a quarter between libraries, on
 * average; the rest is for alignment. */
static bool draw_zone(const struct zone *z, struct shuffle_random *r,
		      uint32_t *to)
{
	uint64_t end = z->z->at + (uint64_t)z->z->len, used;
	uint32_t left;

	for (unsigned int i = 0; i < TRIES; i++) {
		new_order(z, r);
		used = worst(z);
		if (used > end)
			used = place(z, r, 0, 0, to);
		if (used > end)
			continue;
		for (left = (uint32_t)(end - used); left; left /= 2)
			if (place(z, r, left / (z->n + 1),
				  left / 2 / (z->z->parts + 1), to) <= end)
				break;
		if (!left)
			place(z, r, 0, 0, to);
		return true;
	}
	return false;
}

bool shuffle_draw(const struct shuffle_kit *k, struct shuffle_random *r,
		  uint32_t *to, uint32_t *scratch)
{
	uint32_t *by = to + k->head.pieces + 1;
	struct zone z = { .k = k, .first_piece = 1, .order = scratch,
			  .parts = scratch + k->head.pieces + 1 };

	to[0] = by[0] = 0;
	for (uint32_t i = 0; i < k->head.zones; i++) {
		z.z = &k->zones[i];
		z.n = part_start(&z, z.z->parts);
		if (!draw_zone(&z, r, to))
			return false;
		z.first_part += z.z->parts;
		z.first_piece += z.n;
	}
	for (uint32_t i = 1; i <= k->head.pieces; i++)
		by[i] = to[i] - k->pieces[i - 1].at;
	return true;
}
