/* SPDX-License-Identifier: BSD-3-Clause */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "kit.h"

#define BASE 0x100000
#define ZONES 4

static uint32_t state;

static uint32_t draw(uint32_t bound)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % bound;
}

struct writer {
	uint8_t *at;
};

static void put(struct writer *w, const void *p, size_t n)
{
	memcpy(w->at, p, n);
	w->at += n;
}

static void put_number(struct writer *w, uint32_t v)
{
	for (; v > 0x7f; v >>= 7)
		*w->at++ = (uint8_t)(v | 0x80);
	*w->at++ = (uint8_t)v;
}

struct layout {
	struct kit_head head;
	struct kit_zone zone[ZONES];
	struct kit_part part[MOST_PIECES];
	struct kit_piece piece[MOST_PIECES];
};

static void draw_piece(struct layout *l, uint32_t *at)
{
	uint32_t align = draw(7), size = 1 + draw(120);

	*at = (*at + (1u << align) - 1) & -(1u << align);
	l->piece[l->head.pieces++] = (struct kit_piece) {
		*at, size << 4 | align
	};
	*at += size;
}

/* Zones one after another, with something that stays before and behind. */
static void draw_layout(struct layout *l)
{
	uint32_t at = 64;

	for (uint32_t z = 0; z < ZONES; z++) {
		struct kit_zone *zone = &l->zone[z];

		at = (at + 15) & -16u;
		*zone = (struct kit_zone) { .at = at, .fill = 0xcc,
					    .zero = z == ZONES - 1,
					    .align = z || draw(2) ?
						     4 : KIT_MAX_ALIGN };
		if (zone->zero)
			l->head.loaded = at;
		zone->parts = 1 + draw(5);
		for (uint32_t i = 0; i < zone->parts; i++) {
			uint32_t n = 1 + draw(9);

			l->part[l->head.parts++].pieces = n;
			at = (at + 15) & -16u;
			while (n--)
				draw_piece(l, &at);
		}
		at += 400 + draw(400);
		if (zone->align == KIT_MAX_ALIGN)
			at += zone->parts * 8192 + draw(8192);
		zone->len = at - zone->at;
		at += draw(3) * 24;
	}
	l->head.span = at;
}

/* Where a piece's fields may be: zero-initialised ones have none. */
static uint32_t room(const struct layout *l, uint32_t piece)
{
	if (!piece)
		return 64;
	return l->piece[piece - 1].at < l->head.loaded ?
	       KIT_SIZE(&l->piece[piece - 1]) : 0;
}

static uint32_t start_of(const struct layout *l, uint32_t piece)
{
	return piece ? l->piece[piece - 1].at : 0;
}

static void store(struct made *m, const struct layout *l,
		  const struct made_field *f)
{
	int64_t value = BASE + start_of(l, f->target) + f->addend;
	uint32_t at = start_of(l, f->piece) + f->at;

	if (f->kind == KIT_PC32)
		value -= BASE + at;
	memcpy(m->image + at, &value, f->kind == KIT_ABS64 ? 8 : 4);
}

static void draw_fields(struct made *m, const struct layout *l,
			struct writer *w)
{
	for (uint32_t p = 0; p <= l->head.pieces; p++) {
		uint32_t pos = 0, n = 0;
		struct writer count = { w->at++ };

		while (m->fields < MOST_FIELDS && n < 4 && draw(3)) {
			struct made_field f = {
				.piece = p, .at = pos + draw(12),
				.target = draw(l->head.pieces + 1),
				.kind = draw(4),
				.addend = (int64_t)draw(40) - 8,
			};
			uint32_t width = f.kind == KIT_ABS64 ? 8 : 4;

			if (f.at + width > room(l, p))
				break;
			put_number(w, (f.at - pos) << 2 | f.kind);
			put_number(w, f.target >= p ? 2 * (f.target - p) :
				   2 * (p - f.target) - 1);
			store(m, l, &f);
			m->field[m->fields++] = f;
			pos = f.at + width;
			n++;
		}
		put_number(&count, n);
	}
}

void made_draw(struct made *m, uint32_t nr)
{
	static struct layout l;
	uint8_t *fields = malloc(16 * MOST_FIELDS + MOST_PIECES + 1);
	struct writer f = { fields }, w;

	memset(&l, 0, sizeof(l));
	memset(m, 0, sizeof(*m));
	state = nr * 2654435761u;
	draw_layout(&l);
	m->image = malloc(l.head.span);
	memset(m->image, 0x11, l.head.span);
	for (uint32_t i = 1; i <= l.head.pieces; i++) {
		m->mark[i] = (uint8_t)draw(256);
		memset(m->image + l.piece[i - 1].at, m->mark[i],
		       KIT_SIZE(&l.piece[i - 1]));
	}
	draw_fields(m, &l, &f);
	l.head.magic = KIT_MAGIC;
	l.head.version = KIT_VERSION;
	l.head.zones = ZONES;
	l.head.base = BASE;
	l.head.fields = (uint32_t)(f.at - fields);
	m->kit = malloc(sizeof(l) + l.head.fields);
	w.at = m->kit;
	put(&w, &l.head, sizeof(l.head));
	put(&w, l.zone, sizeof(l.zone));
	put(&w, l.part, l.head.parts * sizeof(*l.part));
	put(&w, l.piece, l.head.pieces * sizeof(*l.piece));
	put(&w, fields, l.head.fields);
	m->kit_len = (size_t)(w.at - m->kit);
	free(fields);
	assert(!shuffle_open(&m->view, m->kit, m->kit_len));
}

void made_free(struct made *m)
{
	free(m->image);
	free(m->kit);
}

int64_t made_value(const struct made_field *f, const uint8_t *image,
		   const uint32_t *to)
{
	const uint8_t *at = image + to[f->piece] + f->at;
	uint32_t word;
	int64_t value;

	if (f->kind == KIT_ABS64) {
		memcpy(&value, at, 8);
		return value;
	}
	memcpy(&word, at, 4);
	return f->kind == KIT_ABS32 ? (int64_t)word : (int32_t)word;
}

int64_t made_want(const struct made *m, const struct made_field *f,
		  const uint32_t *to)
{
	int64_t want = (int64_t)m->view.head.base + to[f->target] + f->addend;

	if (f->kind == KIT_PC32)
		want -= (int64_t)m->view.head.base + to[f->piece] + f->at;
	return want;
}
