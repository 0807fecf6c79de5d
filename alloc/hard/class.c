/* SPDX-License-Identifier: BSD-3-Clause */
/* Sizes: 16 bytes apart up to 128, then four to a doubling. Powers of two are
 * among them, and lie at multiples of themselves: that is how memalign is
 * served. */
#include "state.h"

unsigned int hard_class(size_t size)
{
	unsigned int k;

	if (size <= 128)
		return size ? (unsigned int)(size - 1) / 16 : 0;
	k = 63 - (unsigned int)__builtin_clzl(size - 1);
	return 8 + (k - 7) * 4 + (unsigned int)((size - 1) >> (k - 2)) - 4;
}

size_t hard_class_size(unsigned int cls)
{
	if (cls < 8)
		return 16 * (cls + 1);
	return (size_t)((cls - 8) % 4 + 5) << ((cls - 8) / 4 + 5);
}

static unsigned int log2_floor(size_t n)
{
	return 63 - (unsigned int)__builtin_clzl(n);
}

/* Slots fill three quarters of a slab of this pitch. */
static bool is_full(const struct class *c, size_t pitch)
{
	return pitch / c->size * c->size >= pitch / 4 * 3;
}

/* 64 slots if they fit into the largest slab; one at least, or three, if one
 * leaves too much of it. */
static void shape(const struct hard_heap *h, struct class *c)
{
	size_t pitch = 1ul << log2_floor(c->size * 64);

	while (pitch > h->stride_max && is_full(c, pitch / 2))
		pitch /= 2;
	c->shift = (uint8_t)log2_floor(pitch);
	c->n_slots = (uint8_t)UK_MIN(pitch / c->size, 64ul);
	c->magic = (uint32_t)(0x100000000ul / c->size + 1);
}

/* Few bytes wait in the pools of large slots, many slots in those of small. */
static void size_pools(const struct hard_heap *h, struct class *c)
{
	size_t n = h->pool_bytes / c->size, fifo = UK_MAX(n / 4, 1ul);

	c->pool_cap = (uint16_t)UK_MAX(UK_MIN(n, (size_t)POOL_MAX), 2ul);
	c->pool_min = HARD_RANDOM ? c->pool_cap / 8 : 0;
	fifo = UK_MIN(fifo, (size_t)FIFO_MAX);
	c->fifo_mask = (uint16_t)((1u << log2_floor(fifo)) - 1);
}

/* The page or pages of its arrays, shared with the neighbours. */
static bool map_slots(struct hard_heap *h, unsigned int region)
{
	size_t first = region * sizeof(struct slots) / HARD_PAGE;
	size_t last = ((region + 1) * sizeof(struct slots) - 1) / HARD_PAGE;

	for (; first <= last; first++) {
		if (h->slots_mapped >> first & 1)
			continue;
		if (!hard_os_commit((void *)(h->slots + first * HARD_PAGE),
				    HARD_PAGE))
			return false;
		h->slots_mapped |= 1ul << first;
	}
	return true;
}

bool hard_class_start(struct hard_heap *h, unsigned int region)
{
	struct class *c = &h->cls[region];
	size_t space = 1ul << h->region_shift, i;

	if (!map_slots(h, region))
		return false;
	shape(h, c);
	size_pools(h, c);
	c->slab = (struct slab *)(h->records + region * h->records_len);
	c->slots = (struct slots *)h->slots + region;
	for (i = 0; i < FIFO_MAX; i++)
		c->slots->fifo[i] = NONE;
	c->head = NONE;
	c->tail = NONE;
	c->spare = NONE;
	/* A page in the first half of the region, at a multiple of the slot
	 * if that is a power of two. */
	i = (size_t)hard_random32(h) * (space / 2) >> 32;
	c->base = h->base + ((size_t)region << h->region_shift) +
		  UK_ALIGN_DOWN(i, UK_MAX(1ul << c->shift, HARD_PAGE));
	return true;
}
