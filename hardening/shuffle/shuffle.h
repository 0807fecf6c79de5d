/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A new order for an image. The same code on the build host and early at
 * boot: no library, no allocation, no global state.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "kit.h"

/* A kit in memory; points into what was given to shuffle_open(). */
struct shuffle_kit {
	struct kit_head head;
	const struct kit_zone *zones;
	const struct kit_part *parts;
	const struct kit_piece *pieces;	/* pieces[0] has index 1 */
	const uint8_t *fields, *fields_end;
};

/* A stream of random bytes: ChaCha20 of the key, from block 0 on. */
struct shuffle_random {
	uint32_t key[8], block[16];
	uint32_t counter;
	unsigned int used;		/* bytes of block */
};

void shuffle_random_init(struct shuffle_random *r, const uint32_t key[8]);
/* Uniform in [0, bound), bound > 0. */
uint32_t shuffle_uniform(struct shuffle_random *r, uint32_t bound);

/* Take a kit apart that is to be trusted: the image's own. */
void shuffle_view(struct shuffle_kit *k, const void *kit);

/*
 * Take a kit of len bytes, aligned to 8, apart and check all of it: no later
 * function reads or writes outside of the kit or of the image that it names.
 * NULL or what is wrong.
 */
const char *shuffle_open(struct shuffle_kit *k, const void *kit, size_t len);

/*
 * Draw a place for every piece: to[i] is that of the piece with index i, an
 * offset like kit_piece.at; to[0] is 0. Behind them stands, for each, by how
 * much it moves. `to` has room for 2 * (pieces + 1) words, `scratch` for half
 * of that and one for each part. False: pieces do not fit
 * into their zones in any order that was tried.
 */
bool shuffle_draw(const struct shuffle_kit *k, struct shuffle_random *r,
		  uint32_t *to, uint32_t *scratch);

/*
 * Write the image in its new order to `image`, which holds it in the old one,
 * from `old`, a copy; both are head.loaded bytes and begin at head.base. Of
 * `old` nothing is read that is in no zone. The places of all 64-bit addresses
 * are written to `pointers`, which may be NULL. False: an address does not fit
 * into its field.
 */
bool shuffle_apply(const struct shuffle_kit *k, const uint32_t *to,
		   const uint8_t *old, uint8_t *image, uint32_t *pointers);
