/* SPDX-License-Identifier: BSD-3-Clause */
/* The frame allocator against one flag a frame. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include "extent.h"
#include "machine.h"

#define FRAMES 4096
#define FRAME_END (0x100 + MACHINE_IMAGE_PAGES + FRAMES)

static unsigned char ours[FRAME_END];
static size_t held;

/* May this frame be handed out at all? */
static bool is_ram(uint64_t frame)
{
	if (frame < MACHINE_LOW)
		return frame > 0;
	return frame >= 0x100 + MACHINE_IMAGE_PAGES &&
	       frame < 0x100 + MACHINE_IMAGE_PAGES + FRAMES -
		       (MACHINE_LOW - 1);
}

static bool take(size_t n, size_t align, uint64_t *pa)
{
	if (uk_frame_alloc(n, align, pa))
		return false;
	CHECK(!(*pa % align));
	for (size_t i = 0; i < n; i++) {
		uint64_t frame = (*pa >> UK_PAGE_SHIFT) + i;

		CHECK(is_ram(frame) && !ours[frame]);
		ours[frame] = 1;
	}
	held += n;
	return true;
}

static void give(uint64_t pa, size_t n)
{
	memset(&ours[pa >> UK_PAGE_SHIFT], 0, n);
	held -= n;
	uk_frame_free(pa, n);
}

static void give_all(void)
{
	for (uint64_t f = 0; f < FRAME_END; f++)
		if (ours[f])
			give(f << UK_PAGE_SHIFT, 1);
	machine_check(0);
}

/* A free frame that a request could have had is a failure of the request. */
static bool could_have(size_t n, size_t align)
{
	uint64_t pa;
	bool got = take(n, align, &pa);

	if (got)
		give(pa, n);
	return got;
}

static int random_ops(int seed)
{
	srandom((unsigned int)seed);
	machine_boot(FRAMES);
	for (int op = 0; op < 6000; op++) {
		size_t align = UK_PAGE_SIZE << (rnd(4) ? 0 : rnd(8));
		size_t n = rnd(3) ? 1 + rnd(3) : 1 + rnd(200);
		uint64_t f = rnd(FRAME_END), pa;

		if (rnd(100) < 45) {
			(void)take(n, align, &pa);
			continue;
		}
		/* Free part of what is held, wherever it came from. */
		while (f < FRAME_END && !ours[f])
			f++;
		for (n = 0; f + n < FRAME_END && ours[f + n] && n < 1 + rnd(9);)
			n++;
		if (n)
			give(f << UK_PAGE_SHIFT, n);
		if (op % 64 == 0)
			machine_check(held);
	}
	machine_check(held);
	give_all();
	/* In one piece again, but for what the array itself took. */
	CHECK(could_have(FRAMES / 2, UK_PAGE_SIZE));
	return 0;
}

static void test_random(void **state)
{
	(void)state;
	for (int seed = 1; seed <= 12; seed++)
		machine_run(random_ops, seed);
}

/* Every second frame free: as many runs as there can be. */
static int fragments(int unused)
{
	struct uk_frame_stats st;
	uint64_t pa;
	size_t n = 0;

	(void)unused;
	machine_boot(FRAMES);
	while (take(1, UK_PAGE_SIZE, &pa))
		n++;
	CHECK(n == FRAMES);
	uk_frame_stats(&st);
	CHECK(st.free == 0 && st.largest_run == 0 && st.total == FRAMES);
	for (uint64_t f = 0; f < FRAME_END; f += 2)
		if (ours[f])
			give(f << UK_PAGE_SHIFT, 1);
	machine_check(held);
	CHECK(mem_extents.mapped > UK_PAGE_SIZE);
	uk_frame_stats(&st);
	CHECK(st.largest_run == 1);
	CHECK(mem_extents.n == st.free && st.free > FRAMES / 2 - 20);
	CHECK(!could_have(2, UK_PAGE_SIZE));
	CHECK(could_have(1, UK_PAGE_SIZE));
	give_all();
	/* Joined again, but for where the array and its tables lie. */
	CHECK(mem_extents.n <= 2 + mem_extents.mapped / UK_PAGE_SIZE +
	      machine_tables());
	return 0;
}

static void test_fragments(void **state)
{
	(void)state;
	machine_run(fragments, 0);
}

/* The array cannot grow for a while, as long as it is not full: no harm. */
static int growth_refused(int refusals)
{
	uint64_t pa;

	machine_boot(FRAMES);
	while (take(1, UK_PAGE_SIZE, &pa))
		;
	for (uint64_t f = 2; f < FRAME_END; f += 2) {
		if (!ours[f])
			continue;
		if (mem_extents.cap - mem_extents.n < 7 &&
		    machine_failed < (unsigned int)refusals)
			machine_fail_map = 1;
		give(f << UK_PAGE_SHIFT, 1);
	}
	CHECK(machine_failed == (unsigned int)refusals);
	machine_fail_map = 0;
	machine_check(held);
	give_all();
	return 0;
}

static void fill_up(void *arg)
{
	uint64_t pa;

	(void)arg;
	while (take(1, UK_PAGE_SIZE, &pa))
		;
	for (uint64_t f = 2; f < FRAME_END; f += 2) {
		machine_fail_map = 1;
		if (ours[f])
			give(f << UK_PAGE_SHIFT, 1);
	}
}

static int growth_impossible(int unused)
{
	const char *why;

	(void)unused;
	machine_boot(FRAMES);
	why = machine_dies(fill_up, NULL);
	CHECK(why && strstr(why, "full and cannot grow"));
	CHECK(mem_extents.n == mem_extents.cap);
	return 0;
}

static void test_growth_refused(void **state)
{
	(void)state;
	for (int n = 1; n <= 5; n++)
		machine_run(growth_refused, n);
	machine_run(growth_impossible, 0);
}

struct freed {
	uint64_t pa;
	size_t n;
};

static void free_it(void *arg)
{
	const struct freed *f = arg;

	uk_frame_free(f->pa, f->n);
}

static int bad_frees(int unused)
{
	const uint64_t p = UK_PAGE_SIZE, first = MACHINE_HIGH +
		MACHINE_IMAGE_PAGES * p;
	struct freed wild[] = {
		{ 0, 1 }, { p, 0 }, { p + 1, 1 }, { MACHINE_SPARE_PA, 1 },
		{ MACHINE_SPARE_PA - p, 2 }, { MACHINE_HIGH, 1 },
		{ first - p, 1 }, { first - p, 2 }, { p, SIZE_MAX },
		{ p, SIZE_MAX >> UK_PAGE_SHIFT }, { UINT64_MAX - p + 1, 1 },
		{ UINT64_MAX - p + 1, 2 }, { 1ull << 40, 1 },
		{ (uint64_t)FRAME_END << UK_PAGE_SHIFT, 1 },
	};
	struct freed again[] = {
		{ 4 * p, 1 }, { 3 * p, 2 }, { 2 * p, 3 }, { 1 * p, 9 },
		{ 5 * p, 1 }, { first, 1 },
	};
	const char *why;
	uint64_t pa;
	size_t i;

	(void)unused;
	machine_boot(FRAMES);
	CHECK(!uk_frame_alloc(10, p, &pa) && pa == p);
	for (i = 0; i < sizeof(wild) / sizeof(*wild); i++) {
		why = machine_dies(free_it, &wild[i]);
		CHECK(why && strstr(why, "that are not memory"));
	}
	uk_frame_free(4 * p, 2);
	for (i = 0; i < sizeof(again) / sizeof(*again); i++) {
		why = machine_dies(free_it, &again[i]);
		CHECK(why && strstr(why, "that are free already"));
	}
	machine_check(8);
	return 0;
}

static void test_bad_frees(void **state)
{
	(void)state;
	machine_run(bad_frees, 0);
}

static int arguments(int unused)
{
	const uint64_t p = UK_PAGE_SIZE;
	uint64_t pa = 77;

	(void)unused;
	machine_boot(FRAMES);
	CHECK(uk_frame_alloc(0, p, &pa) == -EINVAL);
	CHECK(uk_frame_alloc(1, 0, &pa) == -EINVAL);
	CHECK(uk_frame_alloc(1, 3 * p, &pa) == -EINVAL);
	CHECK(uk_frame_alloc(1, p / 2, &pa) == -EINVAL);
	CHECK(uk_frame_alloc(FRAMES + 1, p, &pa) == -ENOMEM);
	CHECK(uk_frame_alloc(SIZE_MAX, p, &pa) == -ENOMEM);
	CHECK(uk_frame_alloc(1, (size_t)1 << 63, &pa) == -ENOMEM);
	CHECK(pa == 77);
	/* More than low memory has, and less: the lowest that fits. */
	CHECK(!uk_frame_alloc(64, p, &pa) && pa > MACHINE_HIGH);
	CHECK(!uk_frame_alloc(63, p, &pa) && pa == p);
	machine_check(127);
	return 0;
}

static void test_arguments(void **state)
{
	(void)state;
	machine_run(arguments, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_fragments),
		cmocka_unit_test(test_growth_refused),
		cmocka_unit_test(test_bad_frees),
		cmocka_unit_test(test_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
