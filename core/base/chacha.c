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

/* In a loop, so that the four words stay in registers: unrolled, all sixteen go
 * through the stack, as many instructions run, and there are six times as many
 * for a software CPU to translate. */
static inline __attribute__((always_inline))
void quarter(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d)
{
	uint32_t p = *a, q = *b, r = *c, s = *d;

	p += q;
	s = rotl(s ^ p, 16);
	r += s;
	q = rotl(q ^ r, 12);
	p += q;
	s = rotl(s ^ p, 8);
	r += s;
	q = rotl(q ^ r, 7);
	*a = p;
	*b = q;
	*c = r;
	*d = s;
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
	unsigned int round, i;

	memcpy(in + 4, key, UK_CHACHA_KEY * sizeof(*key));
	in[12] = counter;
	memcpy(in + 13, nonce, 3 * sizeof(*nonce));
	memcpy(out, in, sizeof(in));
	/* A diagonal is one to the right in each row (RFC 8439, 2.3). */
	for (round = 0; round < 20; round += 2) {
		for (i = 0; i < 4; i++)
			quarter(out + i, out + 4 + i, out + 8 + i,
				out + 12 + i);
		for (i = 0; i < 4; i++)
			quarter(out + i, out + 4 + ((i + 1) & 3),
				out + 8 + ((i + 2) & 3),
				out + 12 + ((i + 3) & 3));
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
