/* SPDX-License-Identifier: BSD-3-Clause */
/* Address space that is filled piece by piece, against an array of pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/vm.h>
#include "machine.h"

#define PAGE UK_PAGE_SIZE
#define PAGES 256
#define PIECES 20
#define RW (UK_MEM_R | UK_MEM_W)
#define IS(what, result) CHECK((what) == (result))

static struct piece {
	unsigned int at, n;	/* pages; n 0: none */
} pieces[PIECES];
static char *base;
static size_t held;

static bool taken(unsigned int at, unsigned int n)
{
	for (struct piece *p = pieces; p < pieces + PIECES; p++)
		if (p->n && at < p->at + p->n && p->at < at + n)
			return true;
	return false;
}

/* As machine_check counts, each page of a range has a frame; ours have `n`. */
static void balance(size_t n)
{
	machine_check(n - PAGES);
}

/* Each piece is there with what was written, and nothing else is. */
static void check(void)
{
	unsigned int rights;
	uint64_t pa;

	for (unsigned int i = 0; i < PAGES; i++)
		CHECK(machine_mapped((uintptr_t)base + i * PAGE, &pa,
				     &rights) == taken(i, 1));
	for (struct piece *p = pieces; p < pieces + PIECES; p++)
		for (unsigned int i = 0; i < p->n; i++)
			CHECK(base[(p->at + i) * PAGE + 9] == (char)p->at);
	balance(held);
}

static void fill(struct piece *p)
{
	unsigned int at = rnd(PAGES), n = rnd(24) + 1;
	int rc;

	if (at + n > PAGES)
		return;
	rc = uk_vm_commit(base + at * PAGE, n * PAGE);
	if (taken(at, n)) {
		CHECK(rc == -EPERM || rc == -ENOMEM);
		return;
	}
	CHECK(!rc || rc == -ENOMEM);
	if (rc)
		return;
	*p = (struct piece){ at, n };
	held += n;
	for (unsigned int i = 0; i < n; i++) {
		CHECK(!base[(at + i) * PAGE + 9]);
		base[(at + i) * PAGE + 9] = (char)at;
	}
}

static void drop(struct piece *p)
{
	if (uk_vm_decommit(base + p->at * PAGE, p->n * PAGE))
		return;
	held -= p->n;
	p->n = 0;
}

static int model(int seed)
{
	srandom((unsigned int)seed);
	machine_boot(300);
	base = uk_vm_reserve("area", PAGES * PAGE);
	CHECK(base);
	for (int i = 0; i < 400; i++) {
		struct piece *p = &pieces[rnd(PIECES)];

		/* Some seeds with a machine that refuses now and then. */
		if (seed % 2) {
			machine_fail_frame = rnd(3) ? 0 : rnd(6) + 1;
			machine_fail_map = rnd(5) ? 0 : 1;
		}
		if (p->n) {
			machine_fail_map = 0;
			drop(p);
		} else {
			fill(p);
		}
		machine_fail_frame = 0;
		machine_fail_map = 0;
		if (i % 16 == 0)
			check();
	}
	check();
	IS(uk_vm_free(base), 0);
	machine_check(0);
	return 0;
}

static int rules(int arg)
{
	struct uk_vm_range r;
	char *other;

	(void)arg;
	machine_boot(300);
	other = uk_vm_alloc("other", PAGE, RW, 0);
	base = uk_vm_reserve("area", PAGES * PAGE);
	CHECK(other && base);
	CHECK(!uk_vm_reserve(NULL, PAGE));
	CHECK(!uk_vm_reserve("x", 0));
	CHECK(!uk_vm_reserve("x", PAGE + 1));
	CHECK(!uk_vm_reserve("x", SIZE_MAX & -PAGE));
	IS(uk_vm_find((uintptr_t)base - 1, &r), -ENOENT);
	IS(uk_vm_find((uintptr_t)base + PAGES * PAGE, &r), -ENOENT);
	IS(uk_vm_find((uintptr_t)base, &r), 0);
	CHECK(r.len == PAGES * PAGE && !r.rights);

	IS(uk_vm_commit(base, 0), -EINVAL);
	IS(uk_vm_commit(base + 1, PAGE), -EINVAL);
	IS(uk_vm_commit(base + PAGE, (size_t)-PAGE), -EINVAL);
	IS(uk_vm_commit(base - PAGE, PAGE), -ENOENT);
	IS(uk_vm_commit(other, PAGE), -EPERM);
	IS(uk_vm_commit(base + (PAGES - 1) * PAGE, 2 * PAGE), -EPERM);
	IS(uk_vm_commit(base, 3 * PAGE), 0);
	IS(uk_vm_commit(base + 2 * PAGE, 2 * PAGE), -EPERM);
	IS(uk_vm_commit(base + 5 * PAGE, PAGE), 0);
	/* Rights are nobody's business where nothing is. */
	IS(uk_vm_protect(base + 4 * PAGE, PAGE, RW), -EPERM);
	IS(uk_vm_decommit(base + 3 * PAGE, PAGE), -EPERM);
	IS(uk_vm_decommit(base, 6 * PAGE), -EPERM);
	IS(uk_vm_decommit(base - PAGE, PAGE), -ENOENT);
	balance(4);
	/* More than there is: nothing changes. */
	IS(uk_vm_commit(base + 8 * PAGE, 240 * PAGE), 0);
	IS(uk_vm_commit(base + 6 * PAGE, 2 * PAGE), 0);
	balance(246);
	/* Freed whole, as it stands. */
	IS(uk_vm_free(base), 0);
	IS(uk_vm_free(other), 0);
	machine_check(0);
	return 0;
}

/* Memory is used up, whatever the number of records just then: what is given
 * back is taken, page by page. */
static int used_up(int areas)
{
	size_t n = 0;

	machine_boot(200);
	for (int i = 0; i < areas; i++)
		CHECK(uk_vm_reserve("small", PAGE));
	base = uk_vm_reserve("area", PAGES * PAGE);
	CHECK(base);
	while (n < PAGES && !uk_vm_commit(base + n * PAGE, PAGE))
		n++;
	CHECK(n > 1 && n < PAGES);
	for (size_t i = 1; i < n; i += 2)
		IS(uk_vm_decommit(base + i * PAGE, PAGE), 0);
	IS(uk_vm_free(base), 0);
	return 0;
}

static void test_used_up(void **state)
{
	(void)state;
	for (int areas = 0; areas < 100; areas++)
		machine_run(used_up, areas);
}

static void test_rules(void **state)
{
	(void)state;
	machine_run(rules, 0);
}

static void test_model(void **state)
{
	(void)state;
	for (int seed = 1; seed <= 20; seed++)
		machine_run(model, seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_model),
		cmocka_unit_test(test_used_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
