/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ChaCha20 as what generators are made of: core/swrand's, and the one that
 * draws where things lie (uk/draw.h) when nothing else works yet. Pure; any
 * context, before relocation, too.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define UK_CHACHA_KEY 8		/* words */
#define UK_CHACHA_BLOCK 16

/* The block function of RFC 8439, section 2.3: words in the CPU's order, which
 * is the RFC's on every CPU that we have (little endian). */
void uk_chacha_block(uint32_t out[UK_CHACHA_BLOCK],
		     const uint32_t key[UK_CHACHA_KEY], uint32_t counter,
		     const uint32_t nonce[3]);
/* Mix data into the key: it is never weaker than before. */
void uk_chacha_absorb(uint32_t key[UK_CHACHA_KEY], const void *data,
		      size_t len);

/* Zero what held secrets; the compiler may not leave it out. */
void uk_wipe(void *p, size_t len);
