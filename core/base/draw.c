/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/draw.h>
#include <uk/str.h>

void uk_draw_init(struct uk_draw *d, enum uk_draw_domain domain)
{
	uk_wipe(d, sizeof(*d));
	d->key[0] = domain;
}

void uk_draw_seed(struct uk_draw *d, const void *data, size_t len)
{
	uk_chacha_absorb(d->key, data, len);
	d->left = 0;
}

/* One block: the next key and some words. */
static void refill(struct uk_draw *d)
{
	static const uint32_t nonce[3];
	uint32_t block[UK_CHACHA_BLOCK];

	uk_chacha_block(block, d->key, 0, nonce);
	memcpy(d->key, block, sizeof(d->key));
	memcpy(d->word, block + UK_CHACHA_KEY, sizeof(d->word));
	d->left = UK_DRAW_WORDS;
	uk_wipe(block, sizeof(block));
}

uint64_t uk_draw(struct uk_draw *d, uint64_t n)
{
	uint64_t word;

	if (!d->left)
		refill(d);
	word = d->word[--d->left];
	d->word[d->left] = 0;
	return (uint64_t)((unsigned __int128)word * n >> 64);
}
