/* SPDX-License-Identifier: BSD-3-Clause */
/* The checks in front of an allocator, and where its memory comes from. */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/heap.h>
#include <uk/plat.h>

#include "machine.h"

#define MEMORY (100ul << 20)
#define LIMIT (94ul << 20)	/* 6 % are left alone */

/* An allocator that only looks at what reaches it. */
static unsigned int n_calls;
static size_t last_size, last_align;
static bool refuse;
static char store[4096];

static void *answer(size_t align, size_t size)
{
	n_calls++;
	last_align = align;
	last_size = size;
	memset(store, 0xee, sizeof(store));
	return refuse ? NULL : store;
}

static void *fake_malloc(struct uk_alloc *a, size_t size)
{
	(void)a;
	return answer(0, size);
}

static void *fake_memalign(struct uk_alloc *a, size_t align, size_t size)
{
	(void)a;
	return answer(align, size);
}

static void *fake_realloc(struct uk_alloc *a, void *p, size_t size)
{
	(void)a;
	assert_ptr_equal(p, store);
	return answer(0, size);
}

static void fake_free(struct uk_alloc *a, void *p)
{
	(void)a;
	assert_ptr_equal(p, store);
	n_calls++;
}

static void fake_pfree(struct uk_alloc *a, void *p, size_t n)
{
	(void)n;
	fake_free(a, p);
}

static size_t fake_usable_size(struct uk_alloc *a, const void *p)
{
	(void)a;
	assert_ptr_equal(p, store);
	return 77;
}

static const struct uk_alloc_ops fake_ops = {
	.malloc = fake_malloc, .memalign = fake_memalign,
	.realloc = fake_realloc, .free = fake_free,
	.usable_size = fake_usable_size,
};
static struct uk_alloc fake = { .name = "fake", .ops = &fake_ops };
static struct uk_alloc second = { .name = "second", .ops = &fake_ops };

static void before_the_first(void **state)
{
	(void)state;
	assert_null(uk_alloc_get_default());
	assert_null(uk_malloc(NULL, 1));
	assert_null(uk_calloc(NULL, 1, 1));
	assert_null(uk_memalign(NULL, 16, 1));
	assert_null(uk_realloc(NULL, NULL, 1));
	assert_null(uk_palloc(NULL, 1));
	uk_free(NULL, NULL);
	assert_death("heap: a block is given back before there is an "
		     "allocator", uk_free(NULL, store));
}

static void registration(void **state)
{
	struct uk_alloc_ops ops = fake_ops;
	struct uk_alloc bad = { .name = "bad", .ops = &ops };

	(void)state;
	assert_int_equal(uk_alloc_register(NULL), -EINVAL);
	bad.name = NULL;
	assert_int_equal(uk_alloc_register(&bad), -EINVAL);
	bad.name = "bad";
	ops.free = NULL;
	assert_int_equal(uk_alloc_register(&bad), -EINVAL);
	ops = fake_ops;
	ops.pfree = fake_pfree;
	assert_int_equal(uk_alloc_register(&bad), -EINVAL);
	assert_null(uk_alloc_get_default());

	assert_int_equal(uk_alloc_register(&fake), 0);
	assert_int_equal(uk_alloc_register(&second), 0);
	assert_int_equal(uk_alloc_register(&fake), -EEXIST);
	assert_ptr_equal(uk_alloc_get_default(), &fake);
	assert_ptr_equal(fake.next, &second);
}

#define REFUSED(stmt)							\
	do {								\
		uint64_t _fails = fake.stats.n_fail;			\
		n_calls = 0;						\
		assert_null(stmt);					\
		assert_int_equal(n_calls, 0);				\
		assert_int_equal(fake.stats.n_fail, _fails + 1);	\
	} while (0)

static void impossible_requests(void **state)
{
	volatile size_t huge = SIZE_MAX;	/* not for the compiler */

	(void)state;
	REFUSED(uk_malloc(NULL, huge));
	REFUSED(uk_malloc(NULL, (size_t)PTRDIFF_MAX + 1));
	REFUSED(uk_calloc(NULL, huge, huge));
	REFUSED(uk_calloc(NULL, (huge >> 1) + 1, 2));
	REFUSED(uk_calloc(NULL, 3, huge / 2));
	REFUSED(uk_calloc(NULL, huge, 1));
	REFUSED(uk_memalign(NULL, 0, 1));
	REFUSED(uk_memalign(NULL, 24, 1));
	REFUSED(uk_memalign(NULL, huge, 1));
	REFUSED(uk_memalign(NULL, (huge >> 1) + 1, 1));
	REFUSED(uk_memalign(NULL, 16, huge));
	REFUSED(uk_realloc(NULL, store, huge));
	REFUSED(uk_realloc(NULL, NULL, huge));
	REFUSED(uk_palloc(NULL, 0));
	REFUSED(uk_palloc(NULL, huge));
	REFUSED(uk_palloc(NULL, (huge >> 12) + 1));
	REFUSED(uk_palloc(NULL, ((size_t)PTRDIFF_MAX >> 12) + 1));
}

static void possible_requests(void **state)
{
	char *p;

	(void)state;
	assert_non_null(uk_malloc(NULL, PTRDIFF_MAX));
	assert_int_equal(last_size, PTRDIFF_MAX);
	assert_non_null(uk_malloc(NULL, 0));
	assert_int_equal(last_size, 1);
	p = uk_calloc(NULL, 10, 10);
	assert_int_equal(last_size, 100);
	assert_int_equal(p[0] | p[99], 0);
	assert_int_equal((unsigned char)p[100], 0xee);
	assert_non_null(uk_calloc(NULL, 0, SIZE_MAX));
	assert_non_null(uk_memalign(NULL, 1, 5));
	assert_int_equal(last_align, 1);
	assert_non_null(uk_palloc(NULL, 3));
	assert_int_equal(last_align, UK_PAGE_SIZE);
	assert_int_equal(last_size, 3 * UK_PAGE_SIZE);
	uk_pfree(NULL, store, 3);
	assert_int_equal(uk_malloc_usable_size(NULL, store), 77);
	assert_int_equal(uk_malloc_usable_size(NULL, NULL), 0);
	n_calls = 0;
	assert_null(uk_realloc(NULL, store, 0));	/* = free */
	assert_int_equal(n_calls, 1);
	assert_non_null(uk_realloc(NULL, NULL, 9));	/* = malloc */
	assert_int_equal(last_size, 9);
	uk_free(NULL, NULL);
	uk_pfree(NULL, NULL, 1);
	assert_int_equal(n_calls, 2);
}

static void counting(void **state)
{
	(void)state;
	memset(&second.stats, 0, sizeof(second.stats));
	assert_non_null(uk_malloc(&second, 100));
	assert_non_null(uk_realloc(&second, store, 50));
	assert_int_equal(second.stats.blocks_used, 1);
	assert_int_equal(second.stats.n_alloc, 2);
	assert_int_equal(second.stats.n_free, 1);
	refuse = true;
	assert_null(uk_realloc(&second, store, 500));
	assert_null(uk_malloc(&second, 500));
	refuse = false;
	assert_int_equal(second.stats.blocks_used, 1);
	assert_int_equal(second.stats.n_fail, 2);
	uk_free(&second, store);
	assert_int_equal(second.stats.blocks_used, 0);
	assert_int_equal(second.stats.n_free, 2);
	assert_int_equal(uk_alloc_stats_lib("test", &second.stats), -ENOENT);
}

static void more_memory(void **state)
{
	(void)state;
	assert_int_equal(uk_alloc_addmem(NULL, store, 4096), -EINVAL);
	assert_int_equal(uk_alloc_addmem(NULL, (void *)4096, 4096), -ENOTSUP);
}

/* Last: the machine starts here. */
static void heap_limits(void **state)
{
	static size_t step, n, taken;
	static void *p, *all;

	(void)state;
	assert_null(uk_heap_take("heap", 4096)); /* too early */
	machine_start(MEMORY);
	assert_int_equal(uk_heap_left(), LIMIT);
	assert_null(uk_heap_take("heap", LIMIT + 4096));
	all = uk_heap_take("heap", LIMIT);
	assert_non_null(all);
	assert_int_equal(machine_free, MEMORY - LIMIT);
	assert_int_equal(uk_heap_left(), 0);
	assert_null(uk_heap_take("heap", 4096));
	assert_int_equal(uk_heap_step(8192), 8192);
	assert_death("heap: 4096 bytes that the heap does not hold were given "
		     "back (error -2)", uk_heap_give(store, 4096));
	uk_heap_give(all, LIMIT);

	/* What others took is not there, and does not count as the reserve. */
	machine_free -= 50ul << 20;
	assert_int_equal(uk_heap_left(), 50ul << 20);
	machine_free += 50ul << 20;

	assert_int_equal(uk_heap_step(4096), 32 << 10);
	for (; uk_heap_left(); n++, taken += step) {
		step = uk_heap_step(4096);
		assert_true(step <= 4ul << 20);
		p = uk_heap_take("heap", step);
		assert_non_null(p);
	}
	assert_int_equal(taken, LIMIT);
	/* doubles at first, then steps of 4 MiB */
	assert_true(n < 7 + 2 + LIMIT / (4ul << 20));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_the_first),
		cmocka_unit_test(registration),
		cmocka_unit_test(impossible_requests),
		cmocka_unit_test(possible_requests),
		cmocka_unit_test(counting),
		cmocka_unit_test(more_memory),
		cmocka_unit_test(heap_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
