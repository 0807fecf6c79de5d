/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdint.h>

#define CHACHA_KEY 8	/* words */
#define CHACHA_BLOCK 16

/* The block function of RFC 8439, section 2.3: words in the CPU's order, which
 * is the RFC's on every CPU that we have (little endian). */
void chacha_block(uint32_t out[CHACHA_BLOCK], const uint32_t key[CHACHA_KEY],
		  uint32_t counter, const uint32_t nonce[3]);
