/* SPDX-License-Identifier: BSD-3-Clause */
/* An image made up for a test, its kit, and what is true of both whatever the
 * order. */
#pragma once

#include "shuffle.h"

#define MOST_PIECES 200
#define MOST_FIELDS 600

struct made_field {
	uint32_t piece, at, target;
	enum kit_kind kind;
	int64_t addend;			/* to the target's place */
};

struct made {
	uint8_t *image;			/* as linked */
	uint8_t *kit;
	size_t kit_len;
	struct shuffle_kit view;
	struct made_field field[MOST_FIELDS];
	unsigned int fields;
	uint8_t mark[MOST_PIECES + 1];	/* fills the piece */
};

/* Draws an image; the same number gives the same one. */
void made_draw(struct made *m, uint32_t nr);
void made_free(struct made *m);
/* The value of a field in an image, and what it must be in this order. */
int64_t made_value(const struct made_field *f, const uint8_t *image,
		   const uint32_t *to);
int64_t made_want(const struct made *m, const struct made_field *f,
		  const uint32_t *to);
