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
