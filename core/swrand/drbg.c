/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The generator. One output is a run of blocks under the present key: the
 * first half of the first block becomes the next key before anything is handed
 * out, the rest is the output. Small draws come out of a pool of such output,
 * which is erased as it is used.
 */
#include <uk/chacha.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/str.h>
#include <uk/swrand.h>
#include "health.h"

#define KEY_BYTES (UK_CHACHA_KEY * sizeof(uint32_t))
#define BLOCK_BYTES (UK_CHACHA_BLOCK * sizeof(uint32_t))
/* What the first block leaves beside the key, and one whole block more. */
#define POOL (BLOCK_BYTES - KEY_BYTES + BLOCK_BYTES)
/* Interrupts are off for at most this much output. */
#define CHUNK 1024
#define SEED_BYTES 64
#define RESEED_BYTES ((uint64_t)CONFIG_LIBUKSWRAND_RESEED_KIB * 1024)

static struct {
	uint32_t key[UK_CHACHA_KEY];
	uint8_t pool[POOL];
	size_t left;		/* unused bytes at the end of pool */
	uint64_t drawn;		/* bytes since the last seeding */
	bool ready, healthy;
} state;

static size_t (*source)(void *buf, size_t len) UK_RO_AFTER_INIT_ZERO;

/* Nonce of the block function; that of seeding is another. */
static const uint32_t for_output[3];

/* The next len bytes, and the next key. Interrupts are off. */
static void generate(uint8_t *out, size_t len)
{
	uint32_t block[UK_CHACHA_BLOCK], next[UK_CHACHA_KEY];
	uint32_t counter = 0;
	size_t n = UK_MIN(len, BLOCK_BYTES - KEY_BYTES);

	uk_chacha_block(block, state.key, counter++, for_output);
	memcpy(next, block, KEY_BYTES);
	memcpy(out, (uint8_t *)block + KEY_BYTES, n);
	while (len -= n) {
		out += n;
		n = UK_MIN(len, BLOCK_BYTES);
		uk_chacha_block(block, state.key, counter++, for_output);
		memcpy(out, block, n);
	}
	memcpy(state.key, next, KEY_BYTES);
	uk_wipe(next, sizeof(next));
	uk_wipe(block, sizeof(block));
}

/* Fresh entropy once in a while limits what a leaked key is worth. A source
 * that has none now does no harm: the old key goes on. */
static void reseed(void)
{
	uint8_t seed[KEY_BYTES];
	size_t n = ukplat_entropy(seed, sizeof(seed));

	uk_chacha_absorb(state.key, seed, n);
	if (source) {
		n = source(seed, sizeof(seed));
		uk_chacha_absorb(state.key, seed, UK_MIN(n, sizeof(seed)));
	}
	uk_wipe(seed, sizeof(seed));
	state.drawn = 0;
}

int uk_swrand_source(size_t (*fn)(void *buf, size_t len))
{
	unsigned long flags = ukplat_irq_save();
	int rc = source ? -EBUSY : 0;

	if (rc == 0) {
		source = fn;
		reseed();
		/* Nothing is handed out that was drawn before. */
		uk_wipe(state.pool, sizeof(state.pool));
		state.left = 0;
	}
	ukplat_irq_restore(flags);
	return rc;
}

/* len bytes, at most CHUNK. */
static void draw(uint8_t *out, size_t len)
{
	unsigned long flags = ukplat_irq_save();

	if (state.drawn >= RESEED_BYTES)
		reseed();
	state.drawn += len;
	if (len > POOL) {
		generate(out, len);
	} else {
		uint8_t *p;

		if (len > state.left) {
			generate(state.pool, POOL);
			state.left = POOL;
		}
		p = state.pool + POOL - state.left;
		memcpy(out, p, len);
		uk_wipe(p, len);
		state.left -= len;
	}
	ukplat_irq_restore(flags);
}

void uk_swrand_fill(void *buf, size_t len)
{
	uint8_t *out = buf;

	if (unlikely(!state.ready))
		uk_crash(UK_DEATH_OTHER, "random numbers asked for without "
			 "entropy, or before the generator is seeded");
	while (len) {
		size_t n = UK_MIN(len, (size_t)CHUNK);

		draw(out, n);
		out += n;
		len -= n;
	}
}

uint32_t uk_swrand_u32(void)
{
	uint32_t v;

	uk_swrand_fill(&v, sizeof(v));
	return v;
}

uint64_t uk_swrand_u64(void)
{
	uint64_t v;

	uk_swrand_fill(&v, sizeof(v));
	return v;
}

uint64_t uk_swrand_uniform(uint64_t bound)
{
	/* 2^64 mod bound values at the low end would come up once more. */
	uint64_t skip = bound ? -bound % bound : 0;
	uint64_t v;

	do {
		v = uk_swrand_u64();
	} while (v < skip);
	return bound ? v % bound : v;
}

bool uk_swrand_ready(void)
{
	return state.ready;
}

int uk_swrand_check(void)
{
	return chacha_known_answer() && state.healthy ? 0 : -EIO;
}

int uk_swrand_init(const void *seed, size_t len)
{
	uint8_t own[SEED_BYTES];
	size_t n = ukplat_entropy(own, sizeof(own));

	if (!chacha_known_answer())
		return -EIO;
	uk_chacha_absorb(state.key, own, n);
	uk_chacha_absorb(state.key, seed, len);
	/* A source that is absent is not sick; one that repeats itself is. */
	state.healthy = entropy_healthy(own, n);
	uk_wipe(own, sizeof(own));
	if ((state.healthy ? n : 0) + len < UK_SWRAND_MIN_SEED)
		return -ENODEV;
	state.ready = true;
	return 0;
}
