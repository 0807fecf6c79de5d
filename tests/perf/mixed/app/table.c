/* SPDX-License-Identifier: BSD-3-Clause */
/* A hash table with chains: words go in, are found, and are taken out. */
#include <stdlib.h>
#include <string.h>
#include "work.h"

#define BUCKETS 256
#define WORDS 2000

struct entry {
	struct entry *next;
	uint32_t value;
	char word[];
};

static struct entry *bucket[BUCKETS];

static uint32_t hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619;
	return h;
}

static struct entry **find(const char *word)
{
	struct entry **e = &bucket[hash(word) % BUCKETS];

	while (*e && strcmp((*e)->word, word))
		e = &(*e)->next;
	return e;
}

static void put(const char *word, uint32_t value)
{
	struct entry **at = find(word), *e = *at;

	if (!e) {
		size_t len = strlen(word) + 1;

		e = malloc(sizeof(*e) + len);
		if (!e)
			abort();
		memcpy(e->word, word, len);
		e->next = NULL;
		*at = e;
	}
	e->value = value;
}

static uint32_t take(const char *word)
{
	struct entry **at = find(word), *e = *at;
	uint32_t value = 0;

	if (e) {
		value = e->value;
		*at = e->next;
		free(e);
	}
	return value;
}

static void make(uint32_t n, char *word)
{
	int len = 4 + (int)(n % 9);

	for (int i = 0; i < len; i++, n = n * 7 + 3)
		word[i] = (char)('a' + n / 11 % 26);
	word[len] = '\0';
}

uint32_t work_table(void)
{
	uint32_t check = 0, seed = 1;
	char word[16];

	for (uint32_t i = 0; i < WORDS; i++) {
		make(work_next(&seed) % 700, word);
		put(word, i);
		make(work_next(&seed) % 700, word);
		if (i % 3 == 0)
			check += take(word);
		else if (*find(word))
			check ^= (*find(word))->value;
	}
	for (uint32_t i = 0; i < 700; i++) {
		make(i, word);
		check = check * 3 + take(word);
	}
	return check;
}
