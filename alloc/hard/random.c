/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random numbers, two bytes at a time. ChaCha with 8 rounds: the best attack
 * known reaches 7, and what is handed out here is seen by an attacker at best
 * as the order of some addresses. The first bytes of each batch become the key
 * of the next, so that what was drawn cannot be computed afterwards.
 */
#include <uk/str.h>

#include "chacha.h"
#include "state.h"

__attribute__((noinline, used)) void hard_random_refill(struct hard_heap *h)
{
	uint32_t out[64];

	_Static_assert(sizeof(h->random) + sizeof(h->chacha) == sizeof(out),
		       "a batch is a key and numbers");
	hard_chacha8(h->chacha, 0, out);
	memcpy(h->chacha, out, sizeof(h->chacha));
	memcpy(h->random, out + 8, sizeof(h->random));
	/* Nobody finds it on the stack afterwards. */
	__asm__ __volatile__("" : : "r"(memset(out, 0, sizeof(out))) :
			     "memory");
	h->random_at = 0;
}
