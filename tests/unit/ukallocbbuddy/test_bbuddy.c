/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/allocbbuddy.h>
#include <uk/heap.h>
#include <uk/plat.h>

#include "machine.h"
#include "model.h"

#define MEMORY (64ul << 20)
#define KEPT (MEMORY / 100 * 6)	/* the reserve */

static struct uk_alloc *a;

static int setup(void **state)
{
	(void)state;
	machine_start(MEMORY);
	a = uk_allocbbuddy_get();
	return 0;
}

/* Everything was freed: what the heap can still get for one block. */
static void assert_all_back(void)
{
	size_t all = MEMORY - KEPT - (1ul << 20); /* records */
	void *p;

	assert_true(machine_ranges <= 3);
	p = uk_malloc(a, all);
	assert_non_null(p);
	uk_free(a, p);
}

static void starts_with_nothing(void **state)
{
	(void)state;
	assert_ptr_equal(uk_alloc_get_default(), a);
	assert_int_equal(machine_ranges, 0);
	assert_int_equal(machine_free, MEMORY);
	uk_free(a, uk_malloc(a, 1));
	/* The first request takes 32 KiB and no more. */
	assert_int_equal(MEMORY - machine_free, 32 << 10);
}

static void model(void **state)
{
	(void)state;
	model_run(a, 300000, 3000, 20ul << 20);
	assert_all_back();
}

static void model_exhausted(void **state)
{
	size_t failed;

	(void)state;
	failed = model_run(a, 30000, 30000, SIZE_MAX);
	assert_true(failed > 10);
	assert_all_back();
}

static void small_ones_share_pages(void **state)
{
	static void *p[20000];
	size_t before = uk_heap_left(), i;

	(void)state;
	for (i = 0; i < 20000; i++)
		assert_non_null(p[i] = uk_malloc(a, 100));
	/* 112 bytes each, with the records and the last step less than 2x. */
	assert_true(before - uk_heap_left() < 20000 * 224);
	for (i = 0; i < 20000; i++)
		uk_free(a, p[(i * 7919) % 20000]);
	assert_all_back();
}

static void runs_are_cut_to_the_page(void **state)
{
	void *p[64];
	size_t before, i;

	(void)state;
	uk_free(a, uk_malloc(a, 400 << 10));
	before = uk_heap_left();
	for (i = 0; i < 16; i++)	/* 5 pages each: 80 and not 128 */
		assert_non_null(p[i] = uk_palloc(a, 5));
	assert_true(before - uk_heap_left() <= 100 * UK_PAGE_SIZE);
	for (i = 0; i < 16; i++)
		uk_pfree(a, p[i], 5);
	assert_all_back();
}

static void realloc_in_place(void **state)
{
	char *p, *q;

	(void)state;
	p = uk_malloc(a, 100 * UK_PAGE_SIZE);
	q = uk_realloc(a, p, 3 * UK_PAGE_SIZE);
	assert_ptr_equal(p, q);		/* with room behind it now */
	p[0] = 1;
	p[3 * UK_PAGE_SIZE - 1] = 2;
	q = uk_realloc(a, p, 20 * UK_PAGE_SIZE);
	assert_ptr_equal(p, q);
	assert_int_equal(uk_malloc_usable_size(a, q), 20 * UK_PAGE_SIZE);
	q = uk_realloc(a, p, 2 * UK_PAGE_SIZE);
	assert_ptr_equal(p, q);
	assert_int_equal(uk_malloc_usable_size(a, q), 2 * UK_PAGE_SIZE);
	q = uk_realloc(a, p, 2 * UK_PAGE_SIZE + 1);
	assert_ptr_equal(p, q);
	assert_int_equal(q[0], 1);
	uk_free(a, q);
	p = uk_malloc(a, 100);
	assert_ptr_equal(uk_realloc(a, p, 112), p);
	q = uk_realloc(a, p, 113);
	assert_ptr_not_equal(q, p);
	uk_free(a, q);
}

static void memalign_all(void **state)
{
	size_t align, size;
	void *p;

	(void)state;
	for (align = 1; align <= 4ul << 20; align *= 2)
		for (size = 1; size <= 1ul << 20; size *= 3) {
			p = uk_memalign(a, align, size);
			assert_non_null(p);
			assert_int_equal((uintptr_t)p % align, 0);
			memset(p, 0xa5, size);
			uk_free(a, p);
		}
	assert_null(uk_memalign(a, 1ul << 62, 1));
	assert_null(uk_memalign(a, 4096, PTRDIFF_MAX));
	assert_all_back();
}

static void large_blocks_are_guarded(void **state)
{
	unsigned int ranges = machine_ranges;
	size_t left = uk_heap_left();
	void *p = uk_malloc(a, 600 << 10);

	(void)state;
	assert_non_null(p);
	assert_int_equal(machine_ranges, ranges + 1);
	uk_free(a, p);
	assert_int_equal(machine_ranges, ranges);
	assert_int_equal(uk_heap_left(), left);
}

static void the_reserve_holds(void **state)
{
	size_t n = 0, i;
	void **p = NULL, **list = NULL;

	(void)state;
	while ((p = uk_malloc(a, 32 << 10))) {
		*p = list;
		list = p;
		n++;
	}
	assert_in_range(machine_free, KEPT, KEPT + (64 << 10));
	assert_true(n > (MEMORY - KEPT) / (33 << 10));
	for (i = 0; list; i++) {
		p = *list;
		uk_free(a, list);
		list = p;
	}
	assert_int_equal(i, n);
	assert_all_back();
}

/* Nothing left to map, but a chunk has room: a large block goes there. */
static void large_blocks_in_a_chunk(void **state)
{
	char *small = uk_malloc(a, 400 << 10), *p;
	void *rest, *chunk[40];
	size_t n;

	(void)state;
	for (n = 0; n < 40; n++)	/* the last chunk has 4 MiB */
		assert_non_null(chunk[n] = uk_malloc(a, 500 << 10));
	rest = uk_malloc(a, uk_heap_left() & -4096ul);
	assert_non_null(rest);
	assert_null(uk_malloc(a, 4 << 20));
	while (n-- > 1)
		uk_free(a, chunk[n]);
	machine_fail_at = 1;
	p = uk_malloc(a, 1 << 20);
	assert_non_null(p);
	memset(p, 1, 1 << 20);
	assert_int_equal(uk_malloc_usable_size(a, p), 1 << 20);
	machine_fail_at = 0;
	uk_free(a, p);
	uk_free(a, chunk[0]);
	uk_free(a, rest);
	uk_free(a, small);
	assert_all_back();
}

static void grows_when_core_refuses(void **state)
{
	unsigned int n;
	void *p, *q;

	(void)state;
	for (n = 1; n < 6; n++) {
		machine_fail_at = n;
		p = uk_malloc(a, 300 << 10);
		q = uk_malloc(a, 700 << 10);
		machine_fail_at = 0;
		uk_free(a, p);
		uk_free(a, q);
	}
	assert_all_back();
}

#define DIES(what, why, stmt)						\
	assert_death("heap: bbuddy: " what " of " why, stmt)
#define NOT_OURS "a pointer that this heap did not hand out"
#define INSIDE "a pointer into the middle of a block"
#define TWICE "a block that is free already"

static void wrong_frees(void **state)
{
	static char outside[64];
	char *s = uk_malloc(a, 100), *s2 = uk_malloc(a, 100);
	char *r = uk_malloc(a, 10000), *l = uk_malloc(a, 1 << 20);
	char *big = uk_palloc(a, 3);
	static size_t i;

	(void)state;
	DIES("free", NOT_OURS, uk_free(a, outside));
	DIES("free", NOT_OURS, uk_free(a, &s));
	DIES("realloc", NOT_OURS, s = uk_realloc(a, outside, 10));
	DIES("free", NOT_OURS, uk_free(a, (void *)~15ul));
	DIES("free", INSIDE, uk_free(a, s + 16));
	DIES("free", INSIDE, uk_free(a, s + 1));
	DIES("free", INSIDE, uk_free(a, r + 16));
	DIES("free", INSIDE, uk_free(a, r + UK_PAGE_SIZE));
	DIES("free", INSIDE, uk_free(a, l + UK_PAGE_SIZE));
	DIES("realloc", INSIDE, s = uk_realloc(a, s + 8, 10));
	DIES("usable_size", INSIDE, uk_malloc_usable_size(a, s + 8));
	/* 36 objects of 112 bytes: what is left of the page is no block */
	DIES("free", INSIDE,
	     uk_free(a, (char *)((uintptr_t)s & ~4095ul) + 36 * 112));
	assert_death("heap: bbuddy: pfree of another number of pages than was"
		     " handed out", uk_pfree(a, big, 2));

	uk_free(a, s);
	DIES("free", TWICE, uk_free(a, s));
	DIES("realloc", TWICE, s = uk_realloc(a, s, 10));
	uk_free(a, r);
	DIES("free", TWICE, uk_free(a, r));
	DIES("free", TWICE, uk_free(a, r + UK_PAGE_SIZE));
	r = uk_malloc(a, 128 * UK_PAGE_SIZE);
	uk_free(a, r);
	for (i = 0; i < 128; i++)
		DIES("free", TWICE, uk_free(a, r + i * UK_PAGE_SIZE));
	uk_pfree(a, big, 3);
	DIES("pfree", TWICE, uk_pfree(a, big, 3));
	uk_free(a, l);
	DIES("free", NOT_OURS, uk_free(a, l));
	uk_free(a, s2);		/* the last one: its chunk may go now */
	assert_all_back();
}

static void user_memory(void **state)
{
	static _Alignas(4096) char mem[64 * 4096];
	static _Alignas(4096) char mem2[3 * 4096];
	static size_t n, from_mem;
	static void *p[1000];

	(void)state;
	assert_int_equal(uk_alloc_addmem(a, mem + 1, 4096), -22);
	assert_int_equal(uk_alloc_addmem(a, mem, 100), -22);
	assert_int_equal(uk_alloc_addmem(a, mem, 0), -22);
	assert_int_equal(uk_alloc_addmem(a, (void *)-4096ul, 8192), -22);
	assert_int_equal(uk_alloc_addmem(a, mem, sizeof(mem)), 0);
	assert_int_equal(uk_alloc_addmem(a, mem2, sizeof(mem2)), 0);
	for (n = 0; n < 1000; n++) {
		assert_non_null(p[n] = uk_palloc(a, 1));
		from_mem += ((char *)p[n] >= mem &&
			     (char *)p[n] < mem + sizeof(mem)) ||
			    ((char *)p[n] >= mem2 &&
			     (char *)p[n] < mem2 + sizeof(mem2));
		memset(p[n], 1, 4096);
	}
	assert_int_equal(from_mem, 67);
	while (n--)
		uk_pfree(a, p[n], 1);
	DIES("free", TWICE, uk_free(a, mem + 40 * 4096));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_with_nothing),
		cmocka_unit_test(small_ones_share_pages),
		cmocka_unit_test(runs_are_cut_to_the_page),
		cmocka_unit_test(model),
		cmocka_unit_test(model_exhausted),
		cmocka_unit_test(realloc_in_place),
		cmocka_unit_test(memalign_all),
		cmocka_unit_test(large_blocks_are_guarded),
		cmocka_unit_test(the_reserve_holds),
		cmocka_unit_test(large_blocks_in_a_chunk),
		cmocka_unit_test(grows_when_core_refuses),
		cmocka_unit_test(wrong_frees),
		cmocka_unit_test(user_memory),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
