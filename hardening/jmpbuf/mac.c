/* SPDX-License-Identifier: BSD-3-Clause */
/* SipHash-2-4 (Aumasson and Bernstein) of whole words. */
#include "mac.h"

struct state {
	uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t x, unsigned int n)
{
	return x << n | x >> (64 - n);
}

/* n > 0. Inline wherever it stands, and with it the state in registers: a
 * third of the instructions that calls would take. */
static inline __attribute__((always_inline)) void
rounds(struct state *s, unsigned int n)
{
	do {
		s->v0 += s->v1;
		s->v2 += s->v3;
		s->v1 = rotate(s->v1, 13) ^ s->v0;
		s->v3 = rotate(s->v3, 16) ^ s->v2;
		s->v0 = rotate(s->v0, 32) + s->v3;
		s->v2 += s->v1;
		s->v1 = rotate(s->v1, 17) ^ s->v2;
		s->v3 = rotate(s->v3, 21) ^ s->v0;
		s->v2 = rotate(s->v2, 32);
	} while (--n);
}

uint64_t jmpbuf_mac(const struct jmpbuf_key *key, const uint64_t *words,
		    size_t n, const uint64_t *more, size_t m)
{
	struct state s = {
		0x736f6d6570736575 ^ key->k[0],
		0x646f72616e646f6d ^ key->k[1],
		0x6c7967656e657261 ^ key->k[0],
		0x7465646279746573 ^ key->k[1],
	};

	for (size_t w = 0; w <= n + m; w++) {
		/* The last block is the length alone: no single bytes. */
		uint64_t word = w < n ? words[w] : w < n + m ? more[w - n] :
				(uint64_t)((n + m) * 8) << 56;

		s.v3 ^= word;
		rounds(&s, 2);
		s.v0 ^= word;
	}
	s.v2 ^= 0xff;
	rounds(&s, 4);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
