/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random numbers: ChaCha20 (RFC 8439) as a generator whose key is replaced
 * with every draw, so that what was handed out cannot be computed again from
 * the memory of a later moment. Seeded from the CPU or the host and from the
 * boot protocol, both mixed.
 *
 * Fails closed: without 32 bytes of entropy at boot the image stops with
 * UK_EXIT_ENTROPY. Where LIBUKSWRAND_OPTIONAL lets it go on, the functions
 * that draw crash, and uk_swrand_ready() says so beforehand.
 * All functions: any context, any thread (one CPU); interrupts are off for
 * the time of some blocks.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

/* Entropy that a seed must hold at least, bytes. */
#define UK_SWRAND_MIN_SEED 32

/* From the early init class (priority 1) on, if this machine has entropy. */
bool uk_swrand_ready(void);

uint32_t uk_swrand_u32(void);
uint64_t uk_swrand_u64(void);
/* Uniform in [0, bound), without bias; bound 0 means 2^64. */
uint64_t uk_swrand_uniform(uint64_t bound);
void uk_swrand_fill(void *buf, size_t len);

/*
 * One more source of entropy beside the platform's, that of a device: fn is
 * called now and whenever fresh entropy is mixed in, with interrupts off; it
 * fills buf with at most len bytes of what it has without waiting, and returns
 * how many. What it gives makes the generator never weaker, and an image
 * without entropy none that has. One source an image (-EBUSY), while it boots.
 */
UK_CHECK_RESULT int uk_swrand_source(size_t (*fn)(void *buf, size_t len));

/*
 * Seed, from `len` bytes of the loader's (may be 0) and what the platform has.
 * Called once, by the library itself. -ENODEV: fewer than UK_SWRAND_MIN_SEED
 * bytes of entropy, where a platform's source that fails its health tests
 * counts as none. -EIO: uk_swrand_check() fails.
 */
UK_CHECK_RESULT int uk_swrand_init(const void *seed, size_t len);

/*
 * Does the generator compute what RFC 8439 says, and did the entropy that it
 * was seeded with look like entropy? 0 or -EIO. For self-tests; changes
 * nothing.
 */
UK_CHECK_RESULT int uk_swrand_check(void);
