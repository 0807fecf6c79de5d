/* SPDX-License-Identifier: BSD-3-Clause */
/* The generator once more, written from its description and byte by byte:
 * what the library must agree with. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* RFC 8439, 2.3. */
void model_block(uint8_t out[64], const uint8_t key[32], uint32_t counter,
		 const uint8_t nonce[12]);

struct model {
	uint8_t key[32];
	uint8_t pool[96];
	size_t used;
	uint64_t drawn;
};

void model_absorb(struct model *m, const uint8_t *data, size_t len);
/* entropy: what the platform hands out when asked for 32 bytes. */
void model_fill(struct model *m, uint8_t *out, size_t len,
		void (*entropy)(uint8_t *p));
