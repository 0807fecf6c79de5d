/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>
#include "model.h"

static uint32_t load(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static void mix(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d)
{
	static const int by[4] = { 16, 12, 8, 7 };
	uint32_t *r[4] = { a, b, c, d };

	for (int i = 0; i < 4; i++) {
		uint32_t *sum = r[i % 2 ? 2 : 0], *add = r[i % 2 ? 3 : 1];
		uint32_t *x = r[i % 2 ? 1 : 3];

		*sum += *add;
		*x ^= *sum;
		*x = *x << by[i] | *x >> (32 - by[i]);
	}
}

void model_block(uint8_t out[64], const uint8_t key[32], uint32_t counter,
		 const uint8_t nonce[12])
{
	uint8_t in[64];
	uint32_t s[16];

	memcpy(in, "expand 32-byte k", 16);
	memcpy(in + 16, key, 32);
	for (int i = 0; i < 4; i++)
		in[48 + i] = (uint8_t)(counter >> 8 * i);
	memcpy(in + 52, nonce, 12);
	for (int i = 0; i < 16; i++)
		s[i] = load(in + 4 * i);
	for (int round = 0; round < 20; round++)
		for (int i = 0; i < 4; i++) {
			int slant = round % 2;

			mix(&s[i], &s[4 + (i + slant) % 4],
			    &s[8 + (i + 2 * slant) % 4],
			    &s[12 + (i + 3 * slant) % 4]);
		}
	for (int i = 0; i < 64; i++)
		out[i] = (uint8_t)((s[i / 4] + load(in + i / 4 * 4)) >>
				   i % 4 * 8);
}

void model_absorb(struct model *m, const uint8_t *data, size_t len)
{
	uint8_t block[64], nonce[12] = { 1 };

	for (size_t at = 0; at < len; at += 32) {
		size_t n = len - at < 32 ? len - at : 32;

		for (size_t i = 0; i < n; i++)
			m->key[i] ^= data[at + i];
		model_block(block, m->key, (uint32_t)n, nonce);
		memcpy(m->key, block, 32);
	}
}

/* A key, then output, from one stream of blocks. */
static void stream(struct model *m, uint8_t *out, size_t len)
{
	uint8_t block[64], nonce[12] = { 0 }, key[32];

	memcpy(key, m->key, 32);
	for (size_t i = 0; i < 32 + len; i++) {
		if (i % 64 == 0)
			model_block(block, key, (uint32_t)(i / 64), nonce);
		if (i < 32)
			m->key[i] = block[i];
		else
			out[i - 32] = block[i % 64];
	}
}

void model_fill(struct model *m, uint8_t *out, size_t len,
		void (*entropy)(uint8_t *p))
{
	while (len) {
		size_t n = len < 1024 ? len : 1024;
		uint8_t fresh[32];

		if (m->drawn >= 4 * 1024) {
			entropy(fresh);
			model_absorb(m, fresh, 32);
			m->drawn = 0;
		}
		m->drawn += n;
		if (n > sizeof(m->pool)) {
			stream(m, out, n);
		} else {
			if (m->used + n > sizeof(m->pool)) {
				stream(m, m->pool, sizeof(m->pool));
				m->used = 0;
			}
			memcpy(out, m->pool + m->used, n);
			m->used += n;
		}
		out += n;
		len -= n;
	}
}
