/* SPDX-License-Identifier: BSD-3-Clause */
/* Pieces to their new places, and every address with them. */
#include <uk/arch/block.h>
#include "shuffle.h"

struct word32 {
	uint32_t v;
} __attribute__((packed, may_alias));
struct word64 {
	uint64_t v;
} __attribute__((packed, may_alias));

/* The checked kit has no number that is cut off. */
static inline uint32_t number(const uint8_t **at)
{
	uint32_t v = *(*at)++, b;
	unsigned int shift = 7;

	if (v < 0x80)
		return v;
	v &= 0x7f;
	do {
		b = *(*at)++;
		v |= (b & 0x7f) << shift;
		shift += 7;
	} while (b & 0x80);
	return v;
}

static inline bool fix(uint8_t *at, enum kit_kind kind, int32_t by)
{
	struct word32 *w = (struct word32 *)at;
	int32_t v = (int32_t)w->v;
	bool wrong;

	if (kind == KIT_ABS64) {
		((struct word64 *)at)->v += (uint64_t)by;
		return true;
	}
	if (kind == KIT_ABS32) {
		int64_t sum = (int64_t)w->v + by;

		w->v = (uint32_t)sum;
		return sum == (uint32_t)sum;
	}
	wrong = __builtin_add_overflow(v, by, &v);
	w->v = (uint32_t)v;
	return !wrong;
}

static bool fix_all(const struct shuffle_kit *k, const uint32_t *to,
		    uint8_t *image, uint32_t *pointers)
{
	const int32_t *by = (const int32_t *)to + k->head.pieces + 1;
	const uint8_t *next = k->fields;
	uint32_t pieces = k->head.pieces;
	bool fits = true;

	for (uint32_t piece = 0; piece <= pieces; piece++) {
		uint32_t n = number(&next), at = to[piece];
		int32_t self = by[piece];

		while (n--) {
			uint32_t where = number(&next), t = number(&next);
			enum kit_kind kind = where & 3;

			t = piece + ((t >> 1) ^ -(t & 1));
			at += where >> 2;
			fits &= fix(image + at, kind, kind == KIT_PC32 ?
				    by[t] - self : by[t]);
			if (kind == KIT_ABS64) {
				if (pointers)
					*pointers++ = at;
				at += 4;
			}
			at += 4;
		}
	}
	return fits;
}

static void copy(uint8_t *to, const uint8_t *from, size_t n)
{
	ukarch_copy_words(to, from, n / 8);
	for (size_t i = n & ~(size_t)7; i < n; i++)
		to[i] = from[i];
}

static void fill(uint8_t *to, uint8_t with, size_t n)
{
	ukarch_fill_words(to, with * 0x0101010101010101ull, n / 8);
	for (size_t i = n & ~(size_t)7; i < n; i++)
		to[i] = with;
}

static void move_all(const struct shuffle_kit *k, const uint32_t *to,
		     const uint8_t *old, uint8_t *image)
{
	const struct kit_part *part = k->parts;
	uint32_t piece = 1;

	for (uint32_t i = 0; i < k->head.zones; i++) {
		const struct kit_zone *z = &k->zones[i];
		uint32_t n = 0;

		for (uint32_t j = 0; j < z->parts; j++)
			n += part++->pieces;
		if (z->zero) {
			piece += n;
			continue;
		}
		fill(image + z->at, z->fill, z->len);
		for (; n; n--, piece++)
			copy(image + to[piece], old + k->pieces[piece - 1].at,
			     KIT_SIZE(&k->pieces[piece - 1]));
	}
}

bool shuffle_apply(const struct shuffle_kit *k, const uint32_t *to,
		   const uint8_t *old, uint8_t *image, uint32_t *pointers)
{
	move_all(k, to, old, image);
	return fix_all(k, to, image, pointers);
}
