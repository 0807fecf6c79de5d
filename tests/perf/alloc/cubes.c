/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Minimises truth tables: implicants are joined pair by pair until none can be,
 * each one an object in a list, each list again and again made new.
 */
#include <stdlib.h>
#include <string.h>

#include "load.h"

#define VARS 9
#define TABLES 2000

struct cube {
	struct cube *next;
	uint16_t value, mask;	/* mask: variables that do not matter */
	uint8_t used;
	char *text;		/* "01-1", as a program would print it */
};

static char *spell(uint16_t value, uint16_t mask)
{
	char *s = need(malloc(VARS + 1));

	for (int i = 0; i < VARS; i++)
		s[i] = mask >> i & 1 ? '-' : (char)('0' + (value >> i & 1));
	s[VARS] = 0;
	return s;
}

static void push(struct cube **list, uint16_t value, uint16_t mask)
{
	struct cube *c = need(malloc(sizeof(*c)));

	*c = (struct cube){ *list, value, mask, 0, spell(value, mask) };
	*list = c;
}

static void drop(struct cube *c)
{
	while (c) {
		struct cube *next = c->next;

		free(c->text);
		free(c);
		c = next;
	}
}

static int known(const struct cube *c, uint16_t value, uint16_t mask)
{
	for (; c; c = c->next)
		if (c->value == value && c->mask == mask)
			return 1;
	return 0;
}

/* One group by number of ones with the next: pairs that differ in one bit. */
static void join(struct cube *low, struct cube *high, struct cube **out)
{
	for (struct cube *a = low; a; a = a->next)
		for (struct cube *b = high; b; b = b->next) {
			uint16_t diff = a->value ^ b->value;

			if (a->mask != b->mask || (diff & (diff - 1)))
				continue;
			a->used = b->used = 1;
			if (!known(*out, a->value & b->value, a->mask | diff))
				push(out, a->value & b->value,
				     a->mask | diff);
		}
}

static uint64_t minimise(struct cube **group)
{
	uint64_t primes = 0;

	for (int round = 0; round <= VARS; round++) {
		struct cube **next = need(calloc(VARS + 2, sizeof(*next)));

		for (int i = 0; i < VARS; i++)
			join(group[i], group[i + 1], &next[i]);
		for (int i = 0; i <= VARS; i++) {
			for (struct cube *c = group[i]; c; c = c->next)
				if (!c->used)
					primes += 1 + strlen(c->text) +
						  c->value;
			drop(group[i]);
		}
		free(group);
		group = next;
	}
	free(group);
	return primes;
}

uint64_t load_cubes(void)
{
	uint64_t x = 88172645463325252u, sum = 0;

	for (int t = 0; t < TABLES; t++) {
		struct cube **group = need(calloc(VARS + 2, sizeof(*group)));

		for (uint16_t v = 0; v < 1 << VARS; v++)
			if (load_random(&x) % 8 < 3)
				push(&group[__builtin_popcount(v)], v, 0);
		sum = sum * 31 + minimise(group);
	}
	return sum;
}
