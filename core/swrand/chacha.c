/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/essentials.h>
#include <uk/str.h>
#include "chacha.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "words of a block are bytes in this order");

static inline uint32_t rotl(uint32_t v, unsigned int n)
{
	return (v << n) | (v >> (32 - n));
}

static inline void quarter(uint32_t x[CHACHA_BLOCK], unsigned int a,
			   unsigned int b, unsigned int c, unsigned int d)
{
	x[a] += x[b];
	x[d] = rotl(x[d] ^ x[a], 16);
	x[c] += x[d];
	x[b] = rotl(x[b] ^ x[c], 12);
	x[a] += x[b];
	x[d] = rotl(x[d] ^ x[a], 8);
	x[c] += x[d];
	x[b] = rotl(x[b] ^ x[c], 7);
}

void chacha_block(uint32_t out[CHACHA_BLOCK], const uint32_t key[CHACHA_KEY],
		  uint32_t counter, const uint32_t nonce[3])
{
	/* "expand 32-byte k" */
	uint32_t in[CHACHA_BLOCK] = {
		0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
	};
	unsigned int i;

	memcpy(in + 4, key, CHACHA_KEY * sizeof(*key));
	in[12] = counter;
	memcpy(in + 13, nonce, 3 * sizeof(*nonce));
	memcpy(out, in, sizeof(in));
	for (i = 0; i < 10; i++) {
		quarter(out, 0, 4, 8, 12);
		quarter(out, 1, 5, 9, 13);
		quarter(out, 2, 6, 10, 14);
		quarter(out, 3, 7, 11, 15);
		quarter(out, 0, 5, 10, 15);
		quarter(out, 1, 6, 11, 12);
		quarter(out, 2, 7, 8, 13);
		quarter(out, 3, 4, 9, 14);
	}
	for (i = 0; i < CHACHA_BLOCK; i++)
		out[i] += in[i];
	/* in held the key */
	memset(in, 0, sizeof(in));
	__asm__ __volatile__("" : : "r"(in) : "memory");
}
