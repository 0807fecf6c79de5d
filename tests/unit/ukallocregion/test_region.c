/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/allocregion.h>
#include <uk/heap.h>
#include <uk/plat.h>

#include "machine.h"
#include "model.h"

#define MEMORY (512ul << 20)

static struct uk_alloc *a;

static int setup(void **state)
{
	(void)state;
	machine_start(MEMORY);
	a = uk_allocregion_get();
	return 0;
}

static void starts_with_nothing(void **state)
{
	(void)state;
	assert_ptr_equal(uk_alloc_get_default(), a);
	assert_int_equal(machine_ranges, 0);
	assert_non_null(uk_malloc(a, 1));
	assert_int_equal(MEMORY - machine_free, 32 << 10);
}

static void upwards(void **state)
{
	char *p = uk_malloc(a, 100), *q = uk_malloc(a, 100), *r;

	(void)state;
	assert_ptr_equal(q, p + 112 + 16);
	assert_int_equal(uk_malloc_usable_size(a, p), 112);
	uk_free(a, p);			/* not the last one: stays gone */
	r = uk_malloc(a, 100);
	assert_ptr_equal(r, q + 112 + 16);
	uk_free(a, r);			/* the last one comes back */
	assert_ptr_equal(uk_malloc(a, 40), r);
	assert_ptr_equal(uk_realloc(a, r, 400), r);
	assert_ptr_equal(uk_realloc(a, r, 16), r);
	assert_ptr_equal(uk_malloc(a, 16), r + 32);
	assert_ptr_equal(uk_realloc(a, q, 80), q);
	memset(q, 7, 112);
	p = uk_realloc(a, q, 113);
	assert_ptr_not_equal(p, q);
	assert_memory_equal(p, q, 112);
}

static void memalign_all(void **state)
{
	size_t align;
	void *p;

	(void)state;
	for (align = 1; align <= 1ul << 20; align *= 2) {
		p = uk_memalign(a, align, 100);
		assert_int_equal((uintptr_t)p % align, 0);
		memset(p, 1, 100);
	}
	assert_null(uk_memalign(a, 1ul << 62, 1));
	assert_null(uk_malloc(a, PTRDIFF_MAX));
	assert_null(uk_memalign(a, 1ul << 62, PTRDIFF_MAX));
}

static void model(void **state)
{
	(void)state;
	assert_int_equal(model_run(a, 15000, 1000, 50ul << 20), 0);
}

#define DIES(what, why, stmt)						\
	assert_death("heap: region: " what " of " why, stmt)
#define INSIDE "a pointer into the middle of a block, or its head was"	\
	" written over"

static void wrong_frees(void **state)
{
	static char outside[64];
	char *p = uk_malloc(a, 100), *q = uk_malloc(a, 100);

	(void)state;
	DIES("free", "a pointer that this heap did not hand out",
	     uk_free(a, outside));
	DIES("free", INSIDE, uk_free(a, p + 16));
	DIES("free", INSIDE, uk_free(a, p + 1));
	DIES("realloc", INSIDE, p = uk_realloc(a, p + 32, 5));
	uk_free(a, p);
	DIES("free", "a block that is free already", uk_free(a, p));
	DIES("realloc", "a block that is free already",
	     p = uk_realloc(a, p, 10));
	memset(p, 0x41, 112 + 16);	/* over the head of q */
	DIES("free", INSIDE, uk_free(a, q));
}

static void user_memory(void **state)
{
	static _Alignas(4096) char mem[8192];
	char *p;

	(void)state;
	assert_int_equal(uk_alloc_addmem(a, mem, sizeof(mem)), 0);
	p = uk_malloc(a, 8000);
	assert_true(p >= mem && p + 8000 <= mem + sizeof(mem));
	uk_free(a, p);
}

static void exhausted(void **state)
{
	size_t n = 0;

	(void)state;
	while (uk_malloc(a, 100000))
		n++;
	assert_in_range(machine_free, MEMORY / 100 * 6,
			MEMORY / 100 * 6 + (200 << 10));
	assert_true(n > 100);
	assert_int_equal(uk_heap_left() >> 18, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_with_nothing),
		cmocka_unit_test(upwards),
		cmocka_unit_test(memalign_all),
		cmocka_unit_test(model),
		cmocka_unit_test(wrong_frees),
		cmocka_unit_test(user_memory),
		cmocka_unit_test(exhausted),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
