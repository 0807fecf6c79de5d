/* SPDX-License-Identifier: BSD-3-Clause */
/* qsort and bsearch: results against the host's, and how many comparisons it
 * takes, also for inputs that are made to be the worst. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "host.h"
#include "guard.h"

NL(qsort); NL(qsort_r); NL(bsearch); NL(rand); NL(srand); NL(rand_r);
NL(random); NL(srandom);

static unsigned long n_compared;

/* The key is the first byte or int of an element. */
static int by_byte(const void *a, const void *b)
{
	n_compared++;
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

static int by_int(const void *a, const void *b)
{
	int x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	n_compared++;
	return (x > y) - (x < y);
}

static int whole(const void *a, const void *b, void *size)
{
	return memcmp(a, b, *(size_t *)size);
}

/* Elements of every size between two traps, all bytes of them kept */
static void any_size(void **state)
{
	char *page = guard_page(), want[GUARD_PAGE];
	size_t size, n, i;

	(void)state;
	for (size = 1; size <= 40; size++)
		for (n = 0; n <= 60; n += 1 + n / 20) {
			char *base = page + GUARD_PAGE - n * size;

			for (i = 0; i < n * size; i++)
				base[i] = (char)(host_random() & 0x83);
			memcpy(want, base, n * size);
			nl_qsort_r(base, n, size, whole, &size);
			qsort_r(want, n, size, whole, &size);
			assert_memory_equal(base, want, n * size);
			if (n)
				base[n / 2 * size] ^= 0x40;
			nl_qsort(base, n, size, by_byte);
			for (i = 1; i < n; i++)
				assert_true((unsigned char)base[(i - 1) * size]
					    <= (unsigned char)base[i * size]);
		}
	nl_qsort(page, 100, 0, by_byte);
	nl_qsort(page, 0, 4, by_byte);
}

enum shape { RANDOM, UP, DOWN, EQUAL, FEW, ORGAN, SAW, ALMOST, SHAPES };

static void fill(int *v, int n, enum shape shape)
{
	int i;

	for (i = 0; i < n; i++)
		switch (shape) {
		case UP: v[i] = i; break;
		case DOWN: v[i] = -i; break;
		case EQUAL: v[i] = 7; break;
		case FEW: v[i] = (int)host_below(4); break;
		case ORGAN: v[i] = i < n / 2 ? i : n - i; break;
		case SAW: v[i] = i % 32; break;
		case ALMOST: v[i] = host_below(50) ? i : (int)host_below(5000);
			break;
		default: v[i] = (int)host_random(); break;
		}
}

static void shapes(void **state)
{
	static const int sizes[] = { 1, 2, 3, 8, 9, 10, 17, 100, 1000, 20000 };
	static int v[20000], w[20000];
	unsigned int i, s;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (s = 0; s < SHAPES; s++) {
			int n = sizes[i];

			fill(v, n, (enum shape)s);
			memcpy(w, v, sizeof(w));
			n_compared = 0;
			nl_qsort(v, (size_t)n, sizeof(*v), by_int);
			/* An even division every time costs n log2 n. */
			if (n >= 100)
				assert_true((double)n_compared <
					    (n < 1000 ? 2.2 : 1.25) * n *
					    log2(n));
			qsort(w, (size_t)n, sizeof(*w), by_int);
			assert_memory_equal(v, w, (size_t)n * sizeof(*v));
		}
}

/*
 * The adversary of McIlroy: values are made up while they are compared, such
 * that each pivot is as bad as it can be. Against plain quicksort, with any
 * choice of the pivot, it takes n^2 / some comparisons.
 */
static int *value, n_solid, candidate;
#define GAS 1000000000

static int spoil(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	n_compared++;
	if (value[x] == GAS && value[y] == GAS)
		value[x == candidate ? x : y] = n_solid++;
	if (value[x] == GAS)
		candidate = x;
	else if (value[y] == GAS)
		candidate = y;
	return (value[x] > value[y]) - (value[x] < value[y]);
}

static int by_value(const void *a, const void *b)
{
	int x = value[*(const int *)a], y = value[*(const int *)b];

	n_compared++;
	return (x > y) - (x < y);
}

static void adversary(void **state)
{
	static const int sizes[] = { 100, 1000, 10000, 50000 };
	unsigned int s;
	int i;

	(void)state;
	for (s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
		int n = sizes[s], *v = malloc((size_t)n * sizeof(*v));

		value = malloc((size_t)n * sizeof(*value));
		for (i = 0; i < n; i++) {
			v[i] = i;
			value[i] = GAS;
		}
		n_solid = candidate = 0;
		n_compared = 0;
		nl_qsort(v, (size_t)n, sizeof(*v), spoil);
		assert_true((double)n_compared < 4 * n * log2(n));
		for (i = 1; i < n; i++)
			assert_true(value[v[i - 1]] <= value[v[i]]);
		/* The input that came out of it, as plain data */
		for (i = 0; i < n; i++)
			v[i] = i;
		n_compared = 0;
		nl_qsort(v, (size_t)n, sizeof(*v), by_value);
		assert_true((double)n_compared < 4 * n * log2(n));
		free(value);
		free(v);
	}
}

/* What median-of-three quicksort is known to fear */
static void killer(void **state)
{
	enum { N = 20000 };
	static int v[N];
	int i, k = N / 2;

	(void)state;
	for (i = 1; i <= k; i++) {
		v[i - 1] = i % 2 ? i : k + i - 1;
		v[k + i - 1] = 2 * i;
	}
	n_compared = 0;
	nl_qsort(v, N, sizeof(*v), by_int);
	assert_true((double)n_compared < 4 * N * log2(N));
	for (i = 1; i < N; i++)
		assert_true(v[i - 1] <= v[i]);
}

static int dice(const void *a, const void *b)
{
	(void)a;
	(void)b;
	return (int)host_below(3) - 1;
}

static int always_less(const void *a, const void *b)
{
	(void)a;
	(void)b;
	return -1;
}

static int always_more(const void *a, const void *b)
{
	(void)a;
	(void)b;
	return 1;
}

/* A comparison that is none: it ends, within the array, nothing is lost. */
static void nonsense(void **state)
{
	int (*const cmp[])(const void *, const void *) = {
		dice, always_less, always_more,
	};
	int *page = (int *)(void *)guard_page(), seen[1024], i, j, k;

	(void)state;
	for (i = 0; i < 3; i++)
		for (j = 0; j < 20; j++) {
			for (k = 0; k < 1024; k++)
				page[k] = k;
			nl_qsort(page, 1024, sizeof(int), cmp[i]);
			memset(seen, 0, sizeof(seen));
			for (k = 0; k < 1024; k++)
				seen[page[k]]++;
			for (k = 0; k < 1024; k++)
				assert_int_equal(seen[k], 1);
		}
}

static void searches(void **state)
{
	int v[100], n, i, key;

	(void)state;
	for (n = 0; n < 100; n++) {
		for (i = 0; i < n; i++)
			v[i] = 2 * i;
		for (key = -1; key <= 2 * n; key++) {
			int *p = nl_bsearch(&key, v, (size_t)n, sizeof(*v),
					    by_int);

			if (key % 2 == 0 && key < 2 * n)
				assert_ptr_equal(p, v + key / 2);
			else
				assert_null(p);
		}
	}
}

static void random_numbers(void **state)
{
	unsigned int seed = 5, again = 5, bucket[16] = { 0 };
	int i, first;

	(void)state;
	first = nl_rand();	/* as after srand(1) */
	nl_srand(1);
	assert_int_equal(nl_rand(), first);
	nl_srandom(1);
	assert_int_equal(nl_random(), first);
	assert_int_equal(nl_rand_r(&seed), nl_rand_r(&again));
	assert_int_equal(seed, again);
	for (i = 0; i < 160000; i++) {
		int r = i % 2 ? nl_rand() : nl_rand_r(&seed);

		assert_true(r >= 0);
		bucket[i & 8 ? r % 16 : r >> 27]++;
	}
	for (i = 0; i < 16; i++)
		assert_in_range(bucket[i], 9500, 10500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_size),
		cmocka_unit_test(shapes),
		cmocka_unit_test(adversary),
		cmocka_unit_test(killer),
		cmocka_unit_test(nonsense),
		cmocka_unit_test(searches),
		cmocka_unit_test(random_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
