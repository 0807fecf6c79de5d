/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/chacha.h>
#include <uk/essentials.h>
#include <uk/str.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "words of a block are bytes in this order");

static inline __attribute__((always_inline))
uint32_t rotl(uint32_t v, unsigned int n)
{
	return (v << n) | (v >> (32 - n));
}

/* Small or fast, this is to be seen as one: it costs least of both. */
static inline __attribute__((always_inline))
void quarter(uint32_t x[UK_CHACHA_BLOCK], unsigned int a, unsigned int b,
	     unsigned int c, unsigned int d)
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

void uk_wipe(void *p, size_t len)
{
	memset(p, 0, len);
	__asm__ __volatile__("" : : "r"(p) : "memory");
}

void uk_chacha_block(uint32_t out[UK_CHACHA_BLOCK],
		     const uint32_t key[UK_CHACHA_KEY], uint32_t counter,
		     const uint32_t nonce[3])
{
	/* "expand 32-byte k" */
	uint32_t in[UK_CHACHA_BLOCK] = {
		0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
	};
	unsigned int i;

	memcpy(in + 4, key, UK_CHACHA_KEY * sizeof(*key));
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
	for (i = 0; i < UK_CHACHA_BLOCK; i++)
		out[i] += in[i];
	uk_wipe(in, sizeof(in));	/* held the key */
}

void uk_chacha_absorb(uint32_t key[UK_CHACHA_KEY], const void *data,
		      size_t len)
{
	/* A domain of its own: no block of output is like this. */
	static const uint32_t nonce[3] = { 1 };
	const size_t most = UK_CHACHA_KEY * sizeof(*key);
	uint32_t block[UK_CHACHA_BLOCK], part[UK_CHACHA_KEY];
	const char *p = data;
	unsigned int i;

	while (len) {
		size_t n = UK_MIN(len, most);

		memset(part, 0, sizeof(part));
		memcpy(part, p, n);
		for (i = 0; i < UK_CHACHA_KEY; i++)
			key[i] ^= part[i];
		uk_chacha_block(block, key, (uint32_t)n, nonce);
		memcpy(key, block, most);
		p += n;
		len -= n;
	}
	uk_wipe(part, sizeof(part));
	uk_wipe(block, sizeof(block));
}
