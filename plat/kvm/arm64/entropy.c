/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entropy of the CPU. Most CPUs of today have none to give (FEAT_RNG): there it
 * comes from the loader's seed, by ChaCha20 whose key is replaced before
 * anything is handed out.
 */
#include "virt.h"

#include <uk/arch/cpu.h>
#include <uk/chacha.h>
#include <uk/str.h>

#define SEED_MIN 32		/* bytes: a key's worth */

static uint32_t key[UK_CHACHA_KEY];
static bool seeded;

void kvm_entropy_seed(const void *seed, size_t len)
{
	if (len < SEED_MIN)
		return;
	uk_chacha_absorb(key, seed, len);
	seeded = true;
}

/* Up to half a block, and the next key. */
static size_t generate(uint8_t *out, size_t len)
{
	static const uint32_t nonce[3];
	unsigned long flags = ukplat_irq_save();
	uint32_t block[UK_CHACHA_BLOCK];

	uk_chacha_block(block, key, 0, nonce);
	memcpy(key, block, sizeof(key));
	ukplat_irq_restore(flags);
	len = UK_MIN(len, sizeof(block) - sizeof(key));
	memcpy(out, block + UK_CHACHA_KEY, len);
	uk_wipe(block, sizeof(block));
	return len;
}

size_t ukplat_entropy(void *buf, size_t len)
{
	uint8_t *p = buf;
	size_t done = 0, n;
	uint64_t word;

	while (done < len && ukarch_entropy_u64(&word)) {
		n = UK_MIN(len - done, sizeof(word));
		memcpy(p + done, &word, n);
		done += n;
	}
	while (done < len && seeded)
		done += generate(p + done, len - done);
	return done;
}
