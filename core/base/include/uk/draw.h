/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where things come to lie: a generator for the few draws of an early boot,
 * which works before memory, relocation and any library. Each user has a state
 * of its own, and so nothing that one drew says anything of another's.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/chacha.h>

#define UK_DRAW_WORDS 4		/* of a block, beside the next key */
/* Entropy, in bytes, without which nothing is drawn. */
#define UK_DRAW_MIN 16

/* One number each for who draws, mixed into the key: the same seed may reach
 * several. core/swrand is nobody here, 0. */
enum uk_draw_domain {
	UK_DRAW_IMAGE = 1,	/* the platform: image, page-table window */
	UK_DRAW_AREAS,		/* core/mem: everything else */
};

struct uk_draw {
	uint32_t key[UK_CHACHA_KEY];
	uint64_t word[UK_DRAW_WORDS];
	unsigned int left;	/* words not yet used */
};

/* Start over from nothing. */
void uk_draw_init(struct uk_draw *d, enum uk_draw_domain domain);
/* Mix in entropy. */
void uk_draw_seed(struct uk_draw *d, const void *data, size_t len);
/* In [0, n), n > 0; uniform but for n / 2^64. What was drawn cannot be found
 * from what is left of the state. */
uint64_t uk_draw(struct uk_draw *d, uint64_t n);
