/* SPDX-License-Identifier: BSD-3-Clause */
#include "shuffle.h"
#include <uk/chacha.h>

_Static_assert(sizeof(((struct shuffle_random *)0)->block) ==
	       UK_CHACHA_BLOCK * sizeof(uint32_t), "a block is a block");

void shuffle_random_init(struct shuffle_random *r, const uint32_t key[8])
{
	for (unsigned int i = 0; i < 8; i++)
		r->key[i] = key[i];
	r->counter = 0;
	r->used = sizeof(r->block);
}

static inline uint32_t byte(struct shuffle_random *r)
{
	static const uint32_t nonce[3];

	if (r->used == sizeof(r->block)) {
		uk_chacha_block(r->block, r->key, r->counter++, nonce);
		r->used = 0;
	}
	return ((const uint8_t *)r->block)[r->used++];
}

/* As few bytes as hold the bound: a block costs more than what is done with
 * it. What is beyond the last multiple of the bound is thrown away. */
uint32_t shuffle_uniform(struct shuffle_random *r, uint32_t bound)
{
	unsigned int bytes = bound <= 0x10000 ? 2 : 4;
	uint64_t range = 1ull << 8 * bytes, value;
	uint64_t end = range - range % bound;
	unsigned int i;

	if (bound <= 0x100) {
		uint32_t b, most = 0x100 - 0x100 % bound;

		do
			b = byte(r);
		while (b >= most);
		return b % bound;
	}
	do {
		for (value = i = 0; i < bytes; i++)
			value = value << 8 | byte(r);
	} while (value >= end);
	return (uint32_t)(value % bound);
}
