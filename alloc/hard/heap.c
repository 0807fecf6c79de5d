/* SPDX-License-Identifier: BSD-3-Clause */
/* A heap comes to life: where things lie is decided here, at random. */
#include <uk/str.h>

#include "hard.h"

#define SLOTS_LEN UK_ALIGN_UP(N_REGIONS * sizeof(struct slots), HARD_PAGE)
#define HEAP_LEN UK_ALIGN_UP(sizeof(struct hard_heap), HARD_PAGE)
#define PITCH_MIN 1024ul	/* of the smallest class's slabs */

_Static_assert(SLOTS_LEN / HARD_PAGE <= 64, "a bit for each page of slots");

static size_t within(size_t n, size_t low, size_t high)
{
	return UK_MIN(UK_MAX(n, low), high);
}

static size_t pow2_down(size_t n)
{
	return 1ul << (63 - __builtin_clzl(n));
}

/* Everything grows with the memory that there is: a region could hold all of
 * it four times; what stands by is a small part. */
static void scale(struct hard_heap *h, size_t memory)
{
	size_t region = within(pow2_down(memory) * 8, 16ul << 20, 16ul << 30);

	h->region_shift = (unsigned int)__builtin_ctzl(region);
	h->small_max = pow2_down(within(memory / 64, 4096, SIZE_MAX_CLASS));
	h->stride_max = pow2_down(within(memory / 1024, 4096, 64ul << 10));
	h->span_min = pow2_down(within(memory / 4096, HARD_PAGE, 64ul << 10));
	h->span_max = pow2_down(within(memory / 256, 16ul << 10, 256ul << 10));
	h->idle_max = within(memory / 256, 16ul << 10, 1ul << 20);
	h->pool_bytes = within(memory / 512, 4096, 128ul << 10);
	/* With a page between the records of two regions. */
	h->records_len = region / PITCH_MIN * sizeof(struct slab) + HARD_PAGE;
}

/* Which region a class has: a permutation of all, drawn evenly. */
static void shuffle(struct hard_heap *h)
{
	uint8_t order[N_REGIONS];
	unsigned int i, j, cls;

	for (i = 0; i < N_REGIONS; i++) {
		j = hard_random16(h) * (i + 1) >> 16;
		order[i] = order[j];
		order[j] = (uint8_t)i;
	}
	for (cls = 0; cls < N_CLASSES; cls++) {
		h->by_class[cls] = order[cls];
		h->cls[order[cls]].size = (uint32_t)hard_class_size(cls);
	}
	for (i = 0; i <= TABLE_MAX / 16; i++)
		h->by_size[i] = order[hard_class(i * 16)];
}

static bool find_room(struct hard_heap *h)
{
	size_t len = N_REGIONS * h->records_len;
	void *p = hard_os_reserve((size_t)N_REGIONS << h->region_shift);

	h->base = (uintptr_t)p;
	h->slots = (uintptr_t)hard_os_reserve(SLOTS_LEN);
	h->records = (uintptr_t)hard_os_reserve(len);
	if (h->base && h->slots && h->records)
		return true;
	if (p)
		hard_os_release(p, (size_t)N_REGIONS << h->region_shift);
	if (h->slots)
		hard_os_release((void *)h->slots, SLOTS_LEN);
	if (h->records)
		hard_os_release((void *)h->records, len);
	return false;
}

struct hard_heap *hard_create(void)
{
	struct hard_heap *h = hard_os_reserve(HEAP_LEN);

	if (!h)
		return NULL;
	if (!hard_os_commit(h, HEAP_LEN)) {
		hard_os_release(h, HEAP_LEN);
		return NULL;
	}
	scale(h, hard_os_memory());
	if (!find_room(h)) {
		hard_os_decommit(h, HEAP_LEN);
		hard_os_release(h, HEAP_LEN);
		return NULL;
	}
	hard_os_random(h->chacha, sizeof(h->chacha));
	hard_os_random(h->key, sizeof(h->key));
	h->key[1] |= 1;
	h->random_at = RANDOMS;
	h->until_sample = 1 + HARD_SAMPLE;
	shuffle(h);
	return h;
}

static size_t waiting(const struct class *c)
{
	size_t n = 0;

	for (unsigned int i = 0; i <= c->fifo_mask; i++)
		n += c->slots->fifo[i] != NONE;
	return n;
}

void hard_stats(const struct hard_heap *h, struct hard_stats *out)
{
	const struct class *c;

	*out = (struct hard_stats){ .n_large = h->large.n };
	for (c = h->cls; c < h->cls + N_REGIONS; c++) {
		if (!c->slab)
			continue;
		out->held += c->held;
		out->pooled += (size_t)c->n_pool * c->size;
		out->waiting += waiting(c) * c->size;
	}
}
