/* SPDX-License-Identifier: BSD-3-Clause */
/* Records sorted in three orders by the library's sort, through callbacks. */
#include <stdlib.h>
#include <string.h>
#include "work.h"

#define RECORDS 600
#define ROUNDS 4

struct record {
	uint32_t key;
	char name[12];
};

static struct record records[RECORDS];

static int by_key(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct record *)a)->name,
		      ((const struct record *)b)->name);
}

static int by_key_down(const void *a, const void *b)
{
	return by_key(b, a);
}

static void fill(uint32_t seed)
{
	for (int i = 0; i < RECORDS; i++) {
		records[i].key = work_next(&seed);
		for (int k = 0; k < 8; k++)
			records[i].name[k] =
				(char)('a' + work_next(&seed) % 26);
		records[i].name[8] = '\0';
	}
}

uint32_t work_sort(void)
{
	int (*const order[])(const void *, const void *) = {
		by_key, by_name, by_key_down,
	};
	uint32_t check = 0;

	for (int i = 0; i < ROUNDS; i++) {
		fill((uint32_t)i);
		qsort(records, RECORDS, sizeof(records[0]), order[i % 3]);
		check = check * 31 + records[i].key + records[RECORDS / 2].key;
	}
	return check;
}
