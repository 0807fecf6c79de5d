/* SPDX-License-Identifier: BSD-3-Clause */
/* The hardened allocator: what its README claims, claim by claim, and a model
 * that looks at every byte. */
#include <uk/alloc.h>
#include <uk/allochard.h>
#include <uk/heap.h>
#include <uk/plat.h>
#include <uk/swrand.h>

#include "../ukalloc/machine.h"
#include "../ukalloc/model.h"
#include "chacha.h"
#include "hard.h"

#define MEMORY (64ul << 20)
#define N 400
#define SIZE 104	/* with the canary: a whole slot */

static struct uk_alloc *a;

void uk_swrand_fill(void *buf, size_t len)
{
	for (unsigned char *p = buf; len; len--)
		*p++ = (unsigned char)(machine_random() >> 24);
}

static int setup(void **state)
{
	(void)state;
	machine_start(MEMORY);
	a = uk_alloc_get_default();
	assert_ptr_equal(a, uk_allochard_get(0));
	return 0;
}

static void generator(void **state)
{
	/* ChaCha8, key 0, nonce 0, block 0 */
	static const unsigned char want[16] = {
		0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6,
		0x7f, 0x5b, 0xb8, 0xe8, 0x1f, 0x09, 0xa5, 0xa1,
	};
	static const uint32_t key[8];
	uint32_t out[64], word[4];

	(void)state;
	hard_chacha8(key, 0, out);
	for (int i = 0; i < 4; i++)
		word[i] = out[i * 4];
	assert_memory_equal(word, want, sizeof(want));
	/* Lane 1 is what a later first block begins with. */
	word[0] = out[1];
	hard_chacha8(key, 1, out);
	assert_int_equal(word[0], out[0]);
}

static void classes(void **state)
{
	(void)state;
	for (size_t n = 1; n <= SIZE_MAX_CLASS; n++) {
		unsigned int c = hard_class(n);

		assert_true(c < N_CLASSES && hard_class_size(c) >= n);
		assert_true(!c || hard_class_size(c - 1) < n);
	}
	assert_int_equal(hard_class_size(N_CLASSES - 1), SIZE_MAX_CLASS);
}

static void model(void **state)
{
	(void)state;
	assert_int_equal(model_run(a, 40000, 3000, 20ul << 20), 0);
}

static void model_exhausted(void **state)
{
	(void)state;
	assert_true(model_run(a, 15000, 4000, 400ul << 20) > 0);
}

static void model_failing(void **state)
{
	(void)state;
	for (unsigned int n = 1; n < 40; n++) {
		machine_fail_at = n;
		model_run(a, 300, 100, 8ul << 20);
		machine_fail_at = 0;
	}
}

/* All that can be had, and again: what was freed came back. */
static size_t fill(size_t size)
{
	void **list = NULL, **p;
	size_t n = 0;

	for (; (p = uk_malloc(a, size)); n++) {
		*p = list;
		list = p;
	}
	while ((p = list)) {
		list = *p;
		uk_free(a, p);
	}
	return n * size;
}

static void memory_comes_back(void **state)
{
	size_t all = uk_heap_left();

	(void)state;
	assert_true(fill(1 << 20) > all / 10 * 8);
	assert_true(fill(1000) > all / 10 * 7);
	assert_true(fill(5000) > all / 10 * 6);
	assert_true(fill(1 << 20) > all / 10 * 8);
	assert_true(fill(48) > all / 10 * 5);
	assert_true(uk_heap_left() > all / 10 * 8);
}

/* Blocks of one size, in the order that they come. */
static char *many[N];

static void get_many(size_t size)
{
	for (int i = 0; i < N; i++)
		assert_non_null(many[i] = uk_malloc(a, size));
}

static void free_many(void)
{
	for (int i = 0; i < N; i++)
		uk_free(a, many[i]);
}

static void slots_are_random(void **state)
{
	ptrdiff_t step[N] = { 0 };
	int same = 0, up = 0;

	(void)state;
	get_many(SIZE);
	for (int i = 1; i < N; i++) {
		step[i] = many[i] - many[i - 1];
		same += i > 1 && step[i] == step[i - 1];
		up += step[i] > 0;
	}
	free_many();
	/* The same step twice: 1 in some 60 by chance, not always. */
	assert_true(same < N / 8);
	assert_in_range(up, N / 4, N - N / 4);
}

static void sizes_lie_apart(void **state)
{
	uintptr_t low[16], high[16];
	size_t size = 16;

	(void)state;
	for (int i = 0; i < 12; i++, size *= 2) {
		low[i] = UINTPTR_MAX;
		high[i] = 0;
		for (int k = 0; k < 40; k++) {
			uintptr_t p;

			many[k] = uk_malloc(a, size - 8);
			p = (uintptr_t)many[k];
			low[i] = UK_MIN(low[i], p);
			high[i] = UK_MAX(high[i], p + size);
		}
		for (int k = 0; k < 40; k++)
			uk_free(a, many[k]);
	}
	for (int i = 0; i < 12; i++)
		for (int k = 0; k < 12; k++)
			assert_true(i == k || high[i] + UK_PAGE_SIZE < low[k] ||
				    high[k] + UK_PAGE_SIZE < low[i]);
}

static void canaries(void **state)
{
	unsigned char *p = uk_malloc(a, SIZE), *q = uk_malloc(a, SIZE);

	(void)state;
	assert_int_equal(uk_malloc_usable_size(a, p), SIZE);
	assert_int_equal(p[SIZE], 0);	/* ends a string */
	assert_memory_not_equal(p + SIZE, q + SIZE, 8);
	for (int i = 0; i < 8; i++) {
		p[SIZE + i] ^= 0x80;
		assert_death("heap: ukallochard: overflow: a block was written"
			     " past its end", uk_free(a, p));
		assert_death("heap: ukallochard: overflow: a block was written"
			     " past its end", p = uk_realloc(a, p, 1000));
		p[SIZE + i] ^= 0x80;
	}
	uk_free(a, p);
	uk_free(a, q);
}

static void freed_is_zero(void **state)
{
	(void)state;
	for (size_t size = 8; size < 20000; size = size * 3 / 2) {
		unsigned char *p = uk_malloc(a, size);
		size_t n = uk_malloc_usable_size(a, p) + 8;

		for (size_t i = 0; i < n - 8; i++) {
			assert_int_equal(p[i], 0); /* as it comes */
			p[i] = 0xa5;
		}
		uk_free(a, p);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
	}
}

static void churn(size_t size, int n)
{
	while (n--)
		uk_free(a, uk_malloc(a, size));
}

static void write_after_free(void **state)
{
	static const size_t sizes[] = { 8, SIZE, 500, 2000, 16000 };
	static size_t i;

	(void)state;
	for (i = 0; i < UK_ARRAY_SIZE(sizes); i++) {
		unsigned char *p = uk_malloc(a, sizes[i]);
		size_t last = uk_malloc_usable_size(a, p) + 7;

		uk_free(a, p);
		p[i % 2 ? last : 0] = 1;
		assert_death("heap: ukallochard: write after free",
			     churn(sizes[i], 20000));
		p[i % 2 ? last : 0] = 0;
	}
}

static void quarantine(void **state)
{
	(void)state;
	for (int round = 0; round < 50; round++) {
		void *p = uk_malloc(a, SIZE);

		uk_free(a, p);
		/* Not before as many others were freed. */
		for (int i = 0; i < HARD_FIFO - 1; i++) {
			void *q = uk_malloc(a, SIZE);

			assert_ptr_not_equal(p, q);
			uk_free(a, q);
		}
	}
}

static void reuse_is_late(void **state)
{
	unsigned int least = UINT32_MAX, n, sum = 0;

	(void)state;
	for (int round = 0; round < 100; round++) {
		void *p = uk_malloc(a, SIZE), *q;

		uk_free(a, p);
		for (n = 0, q = NULL; q != p; n++) {
			q = uk_malloc(a, SIZE);
			uk_free(a, q);
		}
		least = UK_MIN(least, n);
		sum += n;
	}
	assert_true(least > HARD_FIFO - 1);
	assert_true(sum / 100 > HARD_FIFO + 16);
}

#define BIG (300ul << 10)

static void large_blocks(void **state)
{
	unsigned int ranges = machine_ranges;
	size_t left = uk_heap_left(), page = UK_PAGE_SIZE;
	char *p = uk_malloc(a, BIG), *q;

	(void)state;
	assert_int_equal((uintptr_t)(p + BIG) % page, 0);
	assert_true(machine_ranges > ranges);
	uk_free(a, p);
	assert_true(uk_heap_left() + 4 * page >= left);
	/* The place of a freed one is not another's for a while. */
	for (int i = 0; i < LARGE_WAIT; i++) {
		q = uk_malloc(a, BIG);
		assert_ptr_not_equal(p, q);
		uk_free(a, q);
	}
	for (int i = 0; i < 10 * LARGE_WAIT; i++)
		uk_free(a, uk_malloc(a, BIG));
	assert_true(machine_ranges <= ranges + 2 * LARGE_WAIT + 2);
}

static void large_grow_in_place(void **state)
{
	char *p = uk_malloc(a, BIG), *q = uk_realloc(a, p, 2 * BIG);

	(void)state;
	q[0] = 7;
	q[2 * BIG - 1] = 8;
	p = uk_realloc(a, q, 4 * BIG);	/* there is address space behind */
	assert_ptr_equal(p, q);
	assert_int_equal(p[0] + p[2 * BIG - 1], 15);
	for (size_t i = 2 * BIG; i < 4 * BIG; i += 509)
		assert_int_equal(p[i], 0);
	p = uk_realloc(a, p, 9 * BIG);	/* and no more */
	assert_ptr_not_equal(p, q);
	assert_int_equal(p[0] + p[2 * BIG - 1], 15);
	p = uk_realloc(a, p, 100);
	assert_int_equal(p[0], 7);
	uk_free(a, p);
}

static void memalign_all(void **state)
{
	size_t align, size;

	(void)state;
	for (align = 1; align <= 4ul << 20; align *= 2)
		for (size = 1; size <= 1ul << 20; size *= 3) {
			char *p = uk_memalign(a, align, size);

			assert_non_null(p);
			assert_int_equal((uintptr_t)p % align, 0);
			memset(p, 0xa5, size);
			uk_free(a, p);
		}
	assert_null(uk_memalign(a, 1ul << 62, 1));
	assert_null(uk_memalign(a, 4096, PTRDIFF_MAX));
}

#define DIES(text, stmt) assert_death("heap: ukallochard: " text, stmt)

static void wrong_frees(void **state)
{
	static char outside[64];
	char *s = uk_malloc(a, SIZE), *l = uk_malloc(a, BIG);
	char *pages = uk_palloc(a, 3);
	static int i;

	(void)state;
	DIES("invalid free: not a block of this heap", uk_free(a, outside));
	DIES("invalid free: not a block of this heap", uk_free(a, &s));
	DIES("invalid free: not a block of this heap",
	     uk_free(a, (void *)~15ul));
	DIES("invalid free: not a block of this heap",
	     uk_free(a, s + (64 << 10)));
	for (i = 1; i < SIZE; i++)
		DIES("invalid free: inside a block", uk_free(a, s + i));
	DIES("invalid free: inside a block", uk_free(a, l + 16));
	DIES("invalid free: inside a block", uk_free(a, l + UK_PAGE_SIZE));
	DIES("invalid realloc: inside a block", s = uk_realloc(a, s + 8, 9));
	DIES("usable_size: inside a block", uk_malloc_usable_size(a, s + 8));
	DIES("invalid pfree: another number of pages", uk_pfree(a, pages, 2));
	uk_pfree(a, pages, 3);
	DIES("double free", uk_free(a, pages));
	uk_free(a, s);
	DIES("double free", uk_free(a, s));
	DIES("invalid realloc: the block is free", s = uk_realloc(a, s, 10));
	DIES("usable_size: the block is free", uk_malloc_usable_size(a, s));
	for (i = 0; i < HARD_FIFO - 1; i++) {
		churn(SIZE, 1);
		DIES("double free", uk_free(a, s));
	}
	uk_free(a, l);
	DIES("double free", uk_free(a, l));
	DIES("invalid realloc: the block is free", l = uk_realloc(a, l, 10));
}

/* A library's own heap: nobody else gets what it freed. */
static void heaps_lie_apart(void **state)
{
	struct uk_alloc *own = uk_alloc_get_heap(2);
	struct uk_allochard_stats st;
	char *p, *q;

	(void)state;
	assert_ptr_equal(own, uk_allochard_get(2));
	assert_ptr_not_equal(own, a);
	p = uk_malloc(own, SIZE);
	q = uk_malloc(own, BIG);
	assert_int_equal(own->stats.blocks_used, 2);
	/* Given back from anywhere, without naming the heap. */
	p = uk_realloc(NULL, p, 200);
	q = uk_realloc(NULL, q, 2 * BIG);
	assert_int_equal(own->stats.blocks_used, 2);
	assert_int_equal(uk_malloc_usable_size(NULL, p), 216);
	uk_free(NULL, p);
	uk_free(NULL, q);
	assert_int_equal(own->stats.blocks_used, 0);
	DIES("double free", uk_free(own, p));
	for (int i = 0; i < 5000; i++) {
		many[i % N] = uk_malloc(a, 200);
		assert_ptr_not_equal(many[i % N], p);
		uk_free(a, many[i % N]);
	}
	assert_int_equal(uk_allochard_stats(2, &st), 0);
	assert_true(st.waiting >= 224 && st.n_large == 0 && st.held > 0);
	assert_int_equal(uk_allochard_stats(9, &st), -22);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(generator),
		cmocka_unit_test(classes),
		cmocka_unit_test(slots_are_random),
		cmocka_unit_test(sizes_lie_apart),
		cmocka_unit_test(canaries),
		cmocka_unit_test(freed_is_zero),
		cmocka_unit_test(write_after_free),
		cmocka_unit_test(quarantine),
		cmocka_unit_test(reuse_is_late),
		cmocka_unit_test(large_blocks),
		cmocka_unit_test(large_grow_in_place),
		cmocka_unit_test(memalign_all),
		cmocka_unit_test(wrong_frees),
		cmocka_unit_test(heaps_lie_apart),
		cmocka_unit_test(model),
		cmocka_unit_test(memory_comes_back),
		cmocka_unit_test(model_exhausted),
		cmocka_unit_test(model_failing),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
