/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A heap, and what it knows of its blocks. None of this lies among them: the
 * records are in reservations of their own, between unmapped pages.
 *
 *   regions: N_REGIONS pieces of equal size in one reservation; each size class
 *            has one, which one is drawn at random, and begins somewhere in it
 *   span:    slabs that were mapped at once, with an unmapped gap behind
 *   slab:    up to 64 slots of one size; where it lies follows from its number
 *   slot:    free   bit in slab.free
 *            cached in class.pool: the next requests draw from there
 *            waits  in class.fifo: the quarantine
 *            live   bit in slab.live: the program holds it
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

#include "options.h"
#include "os.h"

#define N_REGIONS 64
#define N_CLASSES 48		/* 16 bytes to 128 KiB */
#define SIZE_MAX_CLASS (128u << 10)
#define TABLE_MAX 1024u		/* sizes up to here are looked up */
#define POOL_MAX 128		/* slots in a class's pool */
#define FIFO_MAX (HARD_FIFO ? HARD_FIFO : 1)
#define NONE UINT32_MAX
#define RANDOMS 112		/* numbers drawn at once */

struct slab {
	uint64_t free, live;
	uint32_t next, prev;	/* slabs with free slots, by number */
	uint32_t span;		/* number of the first slab of its span */
	uint16_t n_span;	/* in that one: slabs of the span, */
	uint16_t n_busy;	/* and how many of them are not all free */
};

/* Slots as numbers: slab << 6 | slot. */
struct slots {
	uint32_t pool[POOL_MAX];
	uint32_t fifo[FIFO_MAX];
};

struct class {
	uintptr_t base;		/* where its slabs begin */
	size_t used;		/* bytes from there that have been slabs */
	struct slab *slab;	/* records, by number */
	struct slots *slots;
	uint32_t size, magic;	/* of a slot; 2^32 / size, rounded up */
	uint8_t shift, n_slots;	/* of a slab: log2 of its pitch */
	uint16_t n_pool, pool_min, pool_cap;
	uint16_t fifo_at, fifo_mask;
	/* from here on: not for every request */
	uint32_t head, tail;	/* slabs with free slots */
	uint32_t spare;		/* spans without memory, by first slab */
	size_t held;		/* bytes mapped, */
	size_t idle;		/* of those, in spans without a slot in use */
	size_t records;		/* bytes of `slab` that are mapped */
} __attribute__((aligned(64)));

/* A block with a reservation of its own. */
struct large {
	uintptr_t at, end;	/* usable bytes; at 0: no block */
	uintptr_t base;		/* the reservation */
	size_t len;
};

#define LARGE_WAIT (HARD_FIFO ? 32 : 8)

struct large_table {
	struct large *slot;	/* open addressing, by address */
	size_t n, cap;		/* cap: a power of two */
	/* Freed: unmapped, place kept. First at random, then in line. */
	struct large mixed[LARGE_WAIT], line[LARGE_WAIT];
	unsigned int line_at;
};

struct hard_heap {
	uintptr_t base;			/* of the regions */
	unsigned int region_shift;
	unsigned int random_at;
	uint64_t key[2];		/* of canaries; key[1] is odd */
	uint32_t until_sample;
	size_t small_max;		/* largest slot */
	size_t span_min, span_max, stride_max, pool_bytes, idle_max;
	uint8_t by_size[TABLE_MAX / 16 + 1];	/* size to region */
	uint8_t by_class[N_CLASSES];		/* class to region */
	struct class cls[N_REGIONS];	/* by region; most come to life late */
	struct large_table large;
	uintptr_t slots;		/* struct slots, by region */
	uint64_t slots_mapped;		/* bit: that page of them is there */
	uintptr_t records;		/* struct slab, by region */
	size_t records_len;		/* bytes of address space a region */
	uint32_t chacha[8];
	uint16_t random[RANDOMS];
};

/* class.c */
unsigned int hard_class(size_t size);
size_t hard_class_size(unsigned int cls);
/* Make the class of this region usable. */
bool hard_class_start(struct hard_heap *h, unsigned int region);

/* slab.c: where slots come from when the pool is short of them, and where they
 * go when it is full. */
UK_NOINLINE bool hard_refill(struct hard_heap *h, struct class *c);
UK_NOINLINE void hard_spill(struct hard_heap *h, struct class *c);
/* Give back all memory that no block is in. */
void hard_trim(struct hard_heap *h);

/* large.c: size > 0; align a power of two. `room`: address space that the
 * block may grow into. */
UK_NOINLINE void *hard_large_get(struct hard_heap *h, size_t size,
				 size_t align, size_t room);
UK_NOINLINE void hard_large_put(struct hard_heap *h, struct large *l);
UK_NOINLINE struct large *hard_large_find(struct hard_heap *h, const void *p);
bool hard_large_grow(struct large *l, size_t size);
/* p is no live large block: what is it? Does not return. */
UK_NORETURN void hard_large_wrong(struct hard_heap *h, const void *p,
				  const char *op);

/* random.c: ChaCha8; each refill replaces the key. */
UK_NOINLINE void hard_random_refill(struct hard_heap *h);
static inline uint32_t hard_random16(struct hard_heap *h)
{
	if (unlikely(h->random_at == RANDOMS))
		hard_random_refill(h);
	return h->random[h->random_at++];
}
static inline uint32_t hard_random32(struct hard_heap *h)
{
	uint32_t high = hard_random16(h);

	return high << 16 | hard_random16(h);
}
