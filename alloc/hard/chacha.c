/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/str.h>

#include "chacha.h"

/* One word of four blocks. */
typedef uint32_t lanes __attribute__((vector_size(16)));

static inline lanes rotl(lanes v, int n)
{
	return v << n | v >> (32 - n);
}

static inline void quarter(lanes *x, int a, int b, int c, int d)
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

static inline lanes all(uint32_t v)
{
	return (lanes){ v, v, v, v };
}

void hard_chacha8(const uint32_t key[8], uint32_t first, uint32_t out[64])
{
	static const uint32_t sigma[4] = {
		0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
	};
	lanes start[16], x[16];
	int i;

	for (i = 0; i < 4; i++)
		start[i] = all(sigma[i]);
	for (i = 0; i < 8; i++)
		start[4 + i] = all(key[i]);
	start[12] = all(first) + (lanes){ 0, 1, 2, 3 };
	for (i = 13; i < 16; i++)
		start[i] = all(0);
	memcpy(x, start, sizeof(x));
	for (i = 0; i < 4; i++) {
		quarter(x, 0, 4, 8, 12);
		quarter(x, 1, 5, 9, 13);
		quarter(x, 2, 6, 10, 14);
		quarter(x, 3, 7, 11, 15);
		quarter(x, 0, 5, 10, 15);
		quarter(x, 1, 6, 11, 12);
		quarter(x, 2, 7, 8, 13);
		quarter(x, 3, 4, 9, 14);
	}
	for (i = 0; i < 16; i++)
		x[i] += start[i];
	memcpy(out, x, sizeof(x));
}
