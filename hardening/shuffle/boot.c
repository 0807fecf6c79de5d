/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The new order at boot. This library stays where it is linked to be, and so
 * does its data; while pieces move, nothing else is called.
 *
 * The room behind the image holds a copy of it, then the places of the pieces,
 * then a list of pointers; its end is the stack. It is never mapped again.
 */
#include <uk/arch/block.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/shuffle.h>
#include "shuffle.h"

struct uk_shuffle_done uk_shuffle_done;

static struct {
	uint32_t *place;		/* of each pointer, from `base` */
	uint8_t *base;
	uint32_t n;
} pointers;

static void count_moved(const struct shuffle_kit *k, const uint32_t *to)
{
	uint32_t n = 0;

	for (uint32_t i = 1; i <= k->head.pieces; i++)
		n += to[i] != k->pieces[i - 1].at;
	uk_shuffle_done.moved = n;
	uk_shuffle_done.pieces = k->head.pieces;
}

/* Where the text of a library lies in the new order. */
struct extent {
	uint32_t start, end;
};

static struct extent extent_of(const struct shuffle_kit *k, const uint32_t *to,
			       uint32_t piece, uint32_t n)
{
	struct extent e = { UINT32_MAX, 0 };

	for (; n--; piece++) {
		uint32_t end = to[piece] + KIT_SIZE(&k->pieces[piece - 1]);

		e.start = to[piece] < e.start ? to[piece] : e.start;
		e.end = end > e.end ? end : e.end;
	}
	return e;
}

static void note_gap(const struct shuffle_kit *k, uint32_t from, uint32_t to)
{
	uintptr_t start = (uintptr_t)uk_image_start;
	uint64_t page = 1ul << KIT_MAX_ALIGN;
	uint64_t lo = (k->head.base + from + page - 1) & -page;
	uint64_t hi = (k->head.base + to) & -page;
	struct uk_shuffle_done *d = &uk_shuffle_done;

	if (lo < hi && d->n_gaps < UK_SHUFFLE_GAPS)
		d->gap[d->n_gaps++] = (struct uk_shuffle_gap) {
			(uint32_t)(lo - start), (uint32_t)(hi - lo)
		};
}

/* From the end of each library, and from the start of the zone, to whatever
 * comes next. */
static void note_gaps(const struct shuffle_kit *k, const uint32_t *to,
		      const struct kit_zone *z, const struct kit_part *part,
		      uint32_t piece)
{
	struct extent lib[UK_SHUFFLE_GAPS];
	uint32_t n = z->parts < UK_SHUFFLE_GAPS - 1 ? z->parts : 0;

	for (uint32_t i = 0; i < n; piece += part++->pieces, i++)
		lib[i] = extent_of(k, to, piece, part->pieces);
	for (uint32_t i = 0; i <= n; i++) {
		uint32_t from = i < n ? lib[i].end : z->at;
		uint32_t next = z->at + z->len;

		for (uint32_t j = 0; j < n; j++)
			if (lib[j].start >= from && lib[j].start < next)
				next = lib[j].start;
		uk_shuffle_done.parts += i < n && lib[i].end;
		if (from)
			note_gap(k, from, next);
	}
}

static void find_gaps(const struct shuffle_kit *k, const uint32_t *to)
{
	const struct kit_part *part = k->parts;
	uint32_t piece = 1;

	for (uint32_t i = 0; i < k->head.zones; i++) {
		const struct kit_zone *z = &k->zones[i];

		if (z->align == KIT_MAX_ALIGN)
			note_gaps(k, to, z, part, piece);
		for (uint32_t j = 0; j < z->parts; j++)
			piece += part++->pieces;
	}
}

void uk_shuffle_image(const uint32_t key[8])
{
	size_t len = (size_t)(uk_image_zero_start - uk_image_start);
	uint8_t *copy = (uint8_t *)uk_shuffle_room, *base;
	struct shuffle_random random;
	struct shuffle_kit k;
	uint32_t *to, *scratch;

	shuffle_view(&k, uk_shuffle_kit);
	to = (uint32_t *)(copy + (len & ~(size_t)7) + 8);
	scratch = to + 2 * (k.head.pieces + 1);
	shuffle_random_init(&random, key);
	if (!shuffle_draw(&k, &random, to, scratch))
		return;		/* seen by the self-test */
	base = (uint8_t *)(uintptr_t)k.head.base;
	pointers.base = base;
	count_moved(&k, to);
	find_gaps(&k, to);
	ukarch_copy_words(copy, uk_image_start, len / 8 + 1);
	pointers.place = scratch;
	pointers.n = k.head.pointers;
	shuffle_apply(&k, to, copy - ((uint8_t *)uk_image_start - base), base,
		      pointers.place);
}

void uk_shuffle_relocate(uintptr_t slide)
{
	struct word {
		uint64_t v;
	} __attribute__((packed, may_alias));

	for (uint32_t i = 0; i < pointers.n; i++)
		((struct word *)(pointers.base + pointers.place[i]))->v +=
			slide;
}
