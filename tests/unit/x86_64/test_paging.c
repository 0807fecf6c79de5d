/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "mmu.h"

#define PAGE 4096ul
#define LARGE (2ul << 20)
#define W UKARCH_PROT_W
#define X UKARCH_PROT_X
#define DEVICE UKARCH_PROT_DEVICE

/* ---- one thing at a time -------------------------------------------- */

static void assert_page(uintptr_t va, uint64_t pa, unsigned int prot)
{
	struct mmu_page p = mmu_walk(va);

	CHECK(p.mapped);
	CHECK(p.pa == (pa));
	CHECK(p.w == (!!(prot & W)));
	CHECK(p.x == (!mmu_pt.nx || (prot & X)));
	CHECK(p.device == (!!(prot & DEVICE)));
}

static void test_rights(void **state)
{
	static const unsigned int all[] = { 0, W, X, W | X, W | DEVICE };
	unsigned int i, nx, prot;
	uint64_t pa;
	size_t len;

	(void)state;
	for (nx = 0; nx < 2; nx++) {
		mmu_reset(nx);
		for (i = 0; i < 5; i++) {
			uintptr_t va = (2 * i + 1) * PAGE;

			assert_int_equal(ukarch_pt_map(&mmu_pt, va, 0x7000,
						       PAGE, all[i], true), 0);
			assert_page(va, 0x7000, all[i]);
			assert_false(mmu_walk(va + PAGE).mapped);
			assert_true(ukarch_pt_query(&mmu_pt, va, &pa, &prot,
						    &len));
			assert_int_equal(pa, 0x7000);
			assert_int_equal(prot, nx ? all[i] : all[i] | X);
			assert_int_equal(len, PAGE);
		}
	}
}

/* Unaligned ends in small pages, the middle in large ones. */
static void test_large(void **state)
{
	uintptr_t va = 0x100000000000ul + LARGE - 3 * PAGE;
	uint64_t pa = 5 * LARGE - 3 * PAGE;
	size_t len = 3 * PAGE + 2 * LARGE + 4 * PAGE, off;

	(void)state;
	mmu_reset(true);
	assert_int_equal(ukarch_pt_map(&mmu_pt, va, pa, len, W, true), 0);
	for (off = 0; off < len; off += PAGE) {
		assert_page(va + off, pa + off, W);
		assert_int_equal(mmu_walk(va + off).large,
				 off >= 3 * PAGE && off < 3 * PAGE + 2 * LARGE);
	}
	/* root, three levels to two small tables */
	assert_int_equal(mmu_taken, 5);
	mmu_reset(true);
	assert_int_equal(ukarch_pt_map(&mmu_pt, va, pa + PAGE, len, W, true),
			 0);
	assert_false(mmu_walk(va + 3 * PAGE).large);
	mmu_reset(true);
	assert_int_equal(ukarch_pt_map(&mmu_pt, va, pa, len, W, false), 0);
	assert_false(mmu_walk(va + 3 * PAGE).large);
}

static void test_split(void **state)
{
	uintptr_t va = 7 * LARGE;

	(void)state;
	mmu_reset(true);
	assert_int_equal(ukarch_pt_map(&mmu_pt, va, LARGE, 2 * LARGE,
				       W | DEVICE, true), 0);
	assert_int_equal(ukarch_pt_protect(&mmu_pt, va + 5 * PAGE, PAGE, 0), 0);
	assert_page(va + 4 * PAGE, LARGE + 4 * PAGE, W | DEVICE);
	assert_page(va + 5 * PAGE, LARGE + 5 * PAGE, DEVICE);
	assert_page(va + 6 * PAGE, LARGE + 6 * PAGE, W | DEVICE);
	assert_true(mmu_walk(va + LARGE).large);
	/* From inside the first large page to inside the second. */
	assert_int_equal(ukarch_pt_unmap(&mmu_pt, va + LARGE - PAGE, 3 * PAGE),
			 0);
	assert_page(va + LARGE - 2 * PAGE, 2 * LARGE - 2 * PAGE, W | DEVICE);
	assert_false(mmu_walk(va + LARGE - PAGE).mapped);
	assert_false(mmu_walk(va + LARGE + PAGE).mapped);
	assert_page(va + LARGE + 2 * PAGE, 2 * LARGE + 2 * PAGE, W | DEVICE);
	assert_int_equal(ukarch_pt_unmap(&mmu_pt, va, 2 * LARGE), 0);
	assert_int_equal(mmu_taken, 1);
}

static void test_no_frames(void **state)
{
	uintptr_t va = 0x7fffc0000000ul - PAGE;
	unsigned int n;

	(void)state;
	/* Two pages on both sides of a 1 GiB border need six tables. */
	for (n = 0; n < 6; n++) {
		mmu_reset(true);
		mmu_left = n;
		assert_int_equal(ukarch_pt_map(&mmu_pt, va, 0, 2 * PAGE, 0,
					       false), n < 5 ? -1 : 0);
		assert_int_equal(mmu_taken, n < 5 ? 1 : 6);
		assert_int_equal(mmu_reachable(), mmu_taken);
		assert_int_equal(mmu_walk(va).mapped, n == 5);
	}
	/* No frame to split with: nothing changes. */
	mmu_reset(true);
	assert_int_equal(ukarch_pt_map(&mmu_pt, 0, 0, 2 * LARGE, W, true), 0);
	mmu_left = 0;
	assert_int_equal(ukarch_pt_protect(&mmu_pt, PAGE, LARGE, 0), -1);
	assert_int_equal(ukarch_pt_unmap(&mmu_pt, PAGE, LARGE), -1);
	mmu_left = 1;
	assert_int_equal(ukarch_pt_unmap(&mmu_pt, PAGE, LARGE), -1);
	assert_page(PAGE, PAGE, W);
	assert_page(LARGE, LARGE, W);
}

static void test_query_gaps(void **state)
{
	const uintptr_t hole = 0x800000000000ul, high = -hole;
	unsigned int prot, runs = 0, steps = 0;
	uintptr_t va = 0;
	uint64_t pa;
	size_t len;

	(void)state;
	mmu_reset(true);
	assert_false(ukarch_pt_query(&mmu_pt, hole, &pa, &prot, &len));
	assert_int_equal(len, high - hole);
	assert_false(ukarch_pt_query(&mmu_pt, high - PAGE, &pa, &prot, &len));
	assert_int_equal(len, PAGE);
	ukarch_pt_map(&mmu_pt, PAGE, 0x9000, 3 * PAGE, X, false);
	ukarch_pt_map(&mmu_pt, 4 * PAGE, 0x9000, PAGE, X, false);
	ukarch_pt_map(&mmu_pt, high, LARGE, 2 * LARGE, W, true);
	assert_true(ukarch_pt_query(&mmu_pt, 2 * PAGE, &pa, &prot, &len));
	assert_int_equal(pa, 0xa000);
	assert_int_equal(len, 2 * PAGE);
	assert_true(ukarch_pt_query(&mmu_pt, high + 3 * PAGE, &pa, &prot,
				    &len));
	assert_int_equal(pa, LARGE + 3 * PAGE);
	assert_int_equal(len, 2 * LARGE - 3 * PAGE);
	/* A walk over everything sees them all, what is between them at once,
	 * and comes round to 0. */
	do {
		steps++;
		runs += ukarch_pt_query(&mmu_pt, va, &pa, &prot, &len);
		va += len;
	} while (va > len - 1);
	assert_int_equal(runs, 3);
	assert_int_equal(steps, 3 + 3 + 1);
	assert_int_equal(va, 0);
}

/* ---- take() that maps ------------------------------------------------ */

#define NESTED_VA 0xffff800000000000ul
static uint64_t (*plain_take)(void);
static unsigned int nested;
static bool nesting;

static uint64_t nested_take(void)
{
	if (!nesting) {
		nesting = true;
		assert_int_equal(ukarch_pt_map(&mmu_pt, NESTED_VA +
				 nested * LARGE, 0, PAGE, W, false), 0);
		nested++;
		nesting = false;
	}
	return plain_take();
}

static void test_nested(void **state)
{
	unsigned int i;

	(void)state;
	mmu_reset(true);
	plain_take = mmu_pt.take;
	mmu_pt.take = nested_take;
	assert_int_equal(ukarch_pt_map(&mmu_pt, 0x40000000 - 4 * LARGE, 0,
				       8 * LARGE, X, false), 0);
	mmu_pt.take = plain_take;
	assert_int_equal(nested, 1 + 2 + 8);
	for (i = 0; i < nested; i++)
		assert_page(NESTED_VA + i * LARGE, 0, W);
	for (i = 0; i < 8 * 512; i++)
		assert_page(0x40000000 - 4 * LARGE + i * PAGE, i * PAGE, X);
	assert_int_equal(mmu_taken, mmu_reachable());
}

/* ---- anything at all, against a model -------------------------------- */

/* Borders of every level, both halves, and the very top but one page. */
static const uintptr_t areas[] = {
	0x100000, 0x40000000 - 3 * LARGE, 0x8000000000ul - 2 * LARGE,
	0x7fffff600000ul - 3 * PAGE, 0xffff800000000000ul, -4 * LARGE,
};
#define AREAS 6
#define PAGES 1800		/* in each: three large pages and more */

static struct {
	bool mapped;
	unsigned int prot;
	uint64_t pa;
} model[AREAS][PAGES];

static uint64_t seed;

static uint64_t draw(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed >> 11) % n;
}

/* Every page by the independent walk, every run by the queries. */
static void compare(unsigned int a)
{
	unsigned int prot, i, n;
	uint64_t pa;
	size_t len;

	for (i = 0; i < PAGES; i++) {
		uintptr_t va = areas[a] + i * PAGE;

		CHECK(mmu_walk(va).mapped == model[a][i].mapped);
		if (model[a][i].mapped)
			assert_page(va, model[a][i].pa, model[a][i].prot);
	}
	for (i = 0; i < PAGES; i += n) {
		bool there = ukarch_pt_query(&mmu_pt, areas[a] + i * PAGE,
					     &pa, &prot, &len);

		CHECK(len >= PAGE && len % PAGE == 0);
		for (n = 0; n < len / PAGE && i + n < PAGES; n++) {
			CHECK(there == model[a][i + n].mapped);
			if (!there)
				continue;
			CHECK(pa + n * PAGE == model[a][i + n].pa);
			CHECK(prot == model[a][i + n].prot);
		}
		/* What is absent ends at what is there. */
		CHECK(there || i + n == PAGES || model[a][i + n].mapped);
	}
}

static unsigned int draw_prot(void)
{
	static const unsigned int all[] = { 0, W, X, W | DEVICE };

	return all[draw(4)];
}

static void map(unsigned int a, unsigned int from, unsigned int n)
{
	unsigned int refused = mmu_refused;
	uintptr_t va = areas[a] + from * PAGE;
	unsigned int prot = draw_prot(), i;
	uint64_t pa = draw(1ul << 34) * PAGE;

	for (i = 0; i < n && !model[a][from + i].mapped; i++)
		;
	n = i;
	if (!n)
		return;
	if (draw(4))		/* let large pages happen */
		pa += ((va - pa) & (LARGE - 1));
	if (ukarch_pt_map(&mmu_pt, va, pa, n * PAGE, prot, draw(4) != 0)) {
		assert_int_not_equal(mmu_refused, refused);
		return;
	}
	for (i = 0; i < n; i++) {
		model[a][from + i].mapped = true;
		model[a][from + i].pa = pa + i * PAGE;
		model[a][from + i].prot = prot;
	}
}

static void protect(unsigned int a, unsigned int from, unsigned int n)
{
	unsigned int refused = mmu_refused;
	unsigned int prot = draw_prot() & ~DEVICE, i;

	for (i = 0; i < n && model[a][from + i].mapped; i++)
		;
	n = i;
	if (!n)
		return;
	if (ukarch_pt_protect(&mmu_pt, areas[a] + from * PAGE, n * PAGE,
			      prot)) {
		assert_int_not_equal(mmu_refused, refused);
		return;
	}
	for (i = 0; i < n; i++)
		model[a][from + i].prot = prot | (model[a][from + i].prot &
						  DEVICE);
}

static void unmap(unsigned int a, unsigned int from, unsigned int n)
{
	unsigned int refused = mmu_refused;
	unsigned int i;

	if (ukarch_pt_unmap(&mmu_pt, areas[a] + from * PAGE, n * PAGE)) {
		assert_int_not_equal(mmu_refused, refused);
		return;
	}
	for (i = 0; i < n; i++)
		model[a][from + i].mapped = false;
}

static void random_run(uint64_t s, unsigned int steps, unsigned int frames)
{
	unsigned int i, a;

	seed = s;
	mmu_reset(true);
	mmu_left = frames;
	memset(model, 0, sizeof(model));
	for (i = 0; i < steps; i++) {
		unsigned int from = draw(PAGES);
		unsigned int n = 1 + draw(draw(3) ? 40 : PAGES - from);

		a = draw(AREAS);
		n = n > PAGES - from ? PAGES - from : n;
		switch (draw(5)) {
		case 0: case 1:
			map(a, from, n);
			break;
		case 2: case 3:
			protect(a, from, n);
			break;
		default:
			unmap(a, from, n);
		}
		compare(a);
		assert_int_equal(mmu_taken, mmu_reachable());
	}
	mmu_left = 1;		/* at most one split on each side */
	for (a = 0; a < AREAS; a++) {
		assert_int_equal(ukarch_pt_unmap(&mmu_pt, areas[a],
						 PAGES * PAGE), 0);
		memset(model[a], 0, sizeof(model[a]));
		compare(a);
	}
	assert_int_equal(mmu_taken, 1);
}

static void test_random(void **state)
{
	(void)state;
	random_run(0x9e3779b97f4a7c15, 2000, MMU_FRAMES - 1);
	random_run(0xdeadbeefcafef00d, 2000, MMU_FRAMES - 1);
	random_run(0x0123456789abcdef, 2000, 20);	/* often none left */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rights),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_no_frames),
		cmocka_unit_test(test_query_gaps),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
