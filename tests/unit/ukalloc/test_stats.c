/* SPDX-License-Identifier: BSD-3-Clause */
/* Statistics by library against a model: 40 libraries, blocks freed by
 * others than those who asked for them, memory that runs out. */
#include <stdlib.h>
#include <uk/allocbbuddy.h>
#include <uk/errno.h>
#include <uk/plat.h>

#include "machine.h"

#define N_LIBS 40
#define N_LIVE 5000

static char names[N_LIBS][16];
static struct uk_alloc_stats want[N_LIBS], want_all;
static struct { void *p; size_t size; int lib; bool pages; } live[N_LIVE];
static size_t n_live;

static void want_add(struct uk_alloc_stats *st, size_t size)
{
	st->n_alloc++;
	st->blocks_used++;
	st->bytes_used += size;
	if (st->bytes_peak < st->bytes_used)
		st->bytes_peak = st->bytes_used;
}

static void want_del(struct uk_alloc_stats *st, size_t size)
{
	st->n_free++;
	st->blocks_used--;
	st->bytes_used -= size;
}

static void added(size_t i, void *p, size_t size, int lib)
{
	live[i].p = p;
	live[i].size = size;
	live[i].lib = lib;
	want_add(&want[lib], size);
	want_add(&want_all, size);
}

static void gone(size_t i)
{
	want_del(&want[live[i].lib], live[i].size);
	want_del(&want_all, live[i].size);
}

static void step(void)
{
	int lib = (int)machine_below(N_LIBS);
	size_t size = machine_below(3000), i;
	void *p;

	switch (n_live == N_LIVE ? 0 : machine_below(5)) {
	case 0:
		if (!n_live)
			return;
		i = machine_below(n_live);
		if (live[i].pages)
			uk_pfree(NULL, live[i].p, 2);
		else
			uk_free(NULL, live[i].p);
		gone(i);
		live[i] = live[--n_live];
		return;
	case 1:
		i = n_live ? machine_below(n_live) : 0;
		if (!n_live || live[i].pages)
			return;
		p = uk_realloc_for(NULL, live[i].p, ++size, names[lib]);
		if (!p)
			goto failed;
		gone(i);
		added(i, p, size, lib);
		return;
	case 2:
		p = uk_palloc_for(NULL, 2, names[lib]);
		size = 8192;
		live[n_live].pages = true;
		break;
	default:
		p = uk_malloc_for(NULL, size, names[lib]);
		live[n_live].pages = false;
	}
	if (p) {
		added(n_live++, p, size, lib);
		return;
	}
failed:
	want[lib].n_fail++;
	want_all.n_fail++;
}

static void compare(void)
{
	struct uk_alloc_stats got;
	int i;

	for (i = 0; i < N_LIBS; i++) {
		if (uk_alloc_stats_lib(names[i], &got)) {
			memset(&got, 0, sizeof(got));
			/* never made: its first request found no memory */
			assert_int_equal(want[i].n_alloc, 0);
			got.n_fail = want[i].n_fail;
		}
		assert_memory_equal(&got, &want[i], sizeof(got));
	}
	assert_memory_equal(&uk_alloc_get_default()->stats, &want_all,
			    sizeof(want_all));
}

static void model(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 200000; i++) {
		step();
		if (i % 1000 == 0)
			compare();
	}
	assert_true(want_all.n_fail > 1000); /* 8 MiB are too few for it */
	while (n_live) {
		n_live--;
		if (live[n_live].pages)
			uk_pfree(NULL, live[n_live].p, 2);
		else
			uk_free(NULL, live[n_live].p);
		gone(n_live);
	}
	compare();
	assert_int_equal(want_all.bytes_used, 0);
}

static void by_name_of_the_caller(void **state)
{
	char *copy = strdup("test"); /* names are compared as text */
	struct uk_alloc_stats st;
	void *p;

	(void)state;
	assert_int_equal(uk_alloc_stats_lib("test", &st), -ENOENT);
	p = uk_malloc(NULL, 1000);	/* -D__LIBNAME__="test" */
	assert_int_equal(uk_alloc_stats_lib(copy, &st), 0);
	assert_int_equal(st.bytes_used, 1000);
	p = uk_realloc(NULL, p, 10);
	uk_free(NULL, p);
	assert_int_equal(uk_alloc_stats_lib("test", &st), 0);
	assert_int_equal(st.bytes_used, 0);
	assert_int_equal(st.bytes_peak, 1000);
	assert_int_equal(st.n_alloc, 2);
	assert_int_equal(uk_alloc_stats_lib("nobody", &st), -ENOENT);
	free(copy);
}

static int count(const char *lib, const struct uk_alloc_stats *st, void *arg)
{
	unsigned int *n = arg;

	assert_non_null(lib);
	assert_int_equal(st->bytes_used, 0);
	return ++*n == 30 ? 5 : 0;
}

static void listing(void **state)
{
	unsigned int n = 0;

	(void)state;
	assert_int_equal(uk_alloc_stats_foreach(count, &n), 5);
	assert_int_equal(n, 30);
	n = 100;
	assert_int_equal(uk_alloc_stats_foreach(count, &n), 0);
	assert_int_equal(n, 100 + N_LIBS + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(model),
		cmocka_unit_test(by_name_of_the_caller),
		cmocka_unit_test(listing),
	};
	int i;

	for (i = 0; i < N_LIBS; i++)
		snprintf(names[i], sizeof(names[i]), "lib%d", i);
	machine_start(8ul << 20);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
