/* SPDX-License-Identifier: BSD-3-Clause */
/* Counts words: each is cut out of a line into a string of its own, looked up
 * in a hash table that grows, and removed again when it gets old. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

#define LINES 120000
#define WORDS 12

struct entry {
	struct entry *next;
	char *word;
	unsigned int count, last;
};

static struct table {
	struct entry **slot;
	size_t n, cap;
} t;

static size_t hash(const char *s)
{
	size_t h = 5381;

	while (*s)
		h = h * 33 + (unsigned char)*s++;
	return h;
}

static void grow(void)
{
	size_t cap = t.cap ? t.cap * 2 : 16;
	struct entry **slot = need(calloc(cap, sizeof(*slot))), *e, *next;

	for (size_t i = 0; i < t.cap; i++)
		for (e = t.slot[i]; e; e = next) {
			next = e->next;
			e->next = slot[hash(e->word) & (cap - 1)];
			slot[hash(e->word) & (cap - 1)] = e;
		}
	free(t.slot);
	t.slot = slot;
	t.cap = cap;
}

/* Takes the word over. */
static void count(char *word, unsigned int now)
{
	struct entry **link, *e;

	if (t.n >= t.cap)
		grow();
	link = &t.slot[hash(word) & (t.cap - 1)];
	while ((e = *link)) {
		if (!strcmp(e->word, word)) {
			e->count++;
			e->last = now;
			free(word);
			return;
		}
		if (now - e->last > 3000) {	/* old: out */
			*link = e->next;
			free(e->word);
			free(e);
			t.n--;
			continue;
		}
		link = &e->next;
	}
	e = need(malloc(sizeof(*e)));
	*e = (struct entry){ NULL, word, 1, now };
	*link = e;
	t.n++;
}

uint64_t load_words(void)
{
	uint64_t x = 123456789987654321u, sum = 0;
	char word[32];

	for (unsigned int line = 0; line < LINES; line++)
		for (int i = 0; i < WORDS; i++) {
			uint64_t r = load_random(&x);
			/* Some words are frequent, most are rare. */
			uint64_t nr = r % (1u << (4 + (r >> 32) % 14));

			snprintf(word, sizeof(word), "w%0*lu",
				 (int)(1 + nr % 20), (unsigned long)nr);
			count(need(strdup(word)), line);
		}
	for (size_t i = 0; i < t.cap; i++)
		while (t.slot[i]) {
			struct entry *e = t.slot[i];

			t.slot[i] = e->next;
			sum += e->count * hash(e->word);
			free(e->word);
			free(e);
		}
	free(t.slot);
	return sum;
}
