/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RELR: an even word is the address of a pointer; an odd one says, bit by bit,
 * which of the 63 words behind the last place are pointers. 0 fills up.
 */
#include <stdlib.h>
#include <string.h>
#include "relink.h"

struct places {
	uint64_t *at;			/* addresses, as linked */
	size_t n, room;
};

static void add(struct places *p, uint64_t addr)
{
	if (p->n == p->room) {
		p->room = p->room ? 2 * p->room : 1024;
		p->at = must(realloc(p->at, p->room * sizeof(*p->at)));
	}
	p->at[p->n++] = addr;
}

static void decode(struct places *p, const uint64_t *words, size_t n)
{
	uint64_t next = 0, bits;

	for (; n--; words++) {
		if (!(*words & 1)) {
			if (*words)
				add(p, *words);
			next = *words + 8;
			continue;
		}
		bits = *words >> 1;
		for (uint64_t at = next; bits; at += 8, bits >>= 1)
			if (bits & 1)
				add(p, at);
		next += 63 * 8;
	}
}

/* Each to where the piece that it is in has gone. */
static void move(struct places *p, const struct order *o)
{
	uint64_t base = o->kit.head.base;
	uint32_t *sorted = order_sorted(o), piece;

	for (size_t i = 0; i < p->n; i++) {
		uint64_t at = p->at[i] - base;

		if (p->at[i] < base || at > o->kit.head.loaded)
			die(o->file.name, "a pointer outside of the image");
		piece = order_piece(o, sorted, at);
		if (piece && at - o->kit.pieces[piece - 1].at <
		    KIT_SIZE(&o->kit.pieces[piece - 1]))
			p->at[i] += (uint64_t)o->to[piece] -
				    o->kit.pieces[piece - 1].at;
	}
	free(sorted);
}

static int order(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* As many words as it takes; only `room` of them are written. */
static size_t encode(const struct places *p, uint64_t *words, size_t room)
{
	size_t n = 0, i = 0;

	while (i < p->n) {
		uint64_t next = p->at[i++], word = next, end;

		next += 8;
		do {
			if (n < room)
				words[n] = word;
			n++;
			word = 1;
			end = next + 63 * 8;
			for (; i < p->n && p->at[i] < end &&
			     (p->at[i] - next) % 8 == 0; i++)
				word |= 2ull << (p->at[i] - next) / 8;
			next = end;
		} while (word != 1);
	}
	return n;
}

void relr_move(const struct order *o, const uint8_t *old, uint8_t *memory)
{
	size_t n = o->kit.head.relr_len / 8;
	uint64_t *words = must(calloc(n + 1, 8));
	struct places p = { 0 };

	memcpy(words, old + o->kit.head.relr, n * 8);
	decode(&p, words, n);
	move(&p, o);
	if (p.n)
		qsort(p.at, p.n, sizeof(*p.at), order);
	memset(words, 0, n * 8);
	if (encode(&p, words, n) > n)
		die(o->file.name, "no room for the relocations of this order: "
		    "take another seed");
	memcpy(memory + o->kit.head.relr, words, n * 8);
	free(words);
	free(p.at);
}
