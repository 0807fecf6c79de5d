/* SPDX-License-Identifier: BSD-3-Clause */
/* Guest-physical memory for the decoders: one piece, from BASE on. */
#pragma once

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "pvh.h"

#define BASE 0x1000u
#define SIZE 0x8000u

struct memory {
	struct pvh_view view;	/* first */
	size_t size;
	uint8_t b[SIZE];
};

static const void *memory_at(const struct pvh_view *v, uint64_t pa, size_t len)
{
	const struct memory *m = (const struct memory *)v;

	assert(len > 0);
	if (pa < BASE || pa - BASE > m->size || len > m->size - (pa - BASE))
		return NULL;
	return m->b + (pa - BASE);
}

static inline void memory_init(struct memory *m)
{
	memset(m, 0, sizeof(*m));
	m->view.at = memory_at;
	m->size = SIZE;
}

/* Little-endian value of `width` bytes at physical address pa. */
static inline void put(struct memory *m, uint64_t pa, uint64_t v, size_t width)
{
	memcpy(m->b + (pa - BASE), &v, width);
}
