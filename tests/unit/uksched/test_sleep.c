/* SPDX-License-Identifier: BSD-3-Clause */
/* The queue of sleepers against a sorted list. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>

#include <cmocka.h>

#include "sleep.h"

#define N 1000

static struct uk_thread t[N];
static bool in[N];

static uint64_t random64(void)
{
	static uint64_t x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

/* The first one as it should be: earliest, among equals the oldest. */
static struct uk_thread *first(void)
{
	struct uk_thread *min = NULL;
	size_t i;

	for (i = 0; i < N; i++)
		if (in[i] && (!min || t[i].deadline < min->deadline ||
			      (t[i].deadline == min->deadline &&
			       t[i].seq < min->seq)))
			min = &t[i];
	return min;
}

static void model(void **state)
{
	size_t i, j, n = 0;

	(void)state;
	assert_null(sleep_first());
	for (i = 0; i < 100000; i++) {
		j = random64() % N;
		if (in[j]) {
			sleep_remove(&t[j]);
			in[j] = false;
			n--;
		} else if (random64() % 4) {
			sleep_remove(&t[j]); /* not there: nothing happens */
			sleep_add(&t[j], random64() % 2000);
			in[j] = true;
			n++;
		} else if (n) {
			struct uk_thread *f = sleep_first();

			sleep_remove(f);
			in[f - t] = false;
			n--;
		}
		if (i % 16 == 0)
			assert_ptr_equal(sleep_first(), first());
	}
	for (; n; n--) {
		assert_ptr_equal(sleep_first(), first());
		in[sleep_first() - t] = false;
		sleep_remove(sleep_first());
	}
	assert_null(sleep_first());
}

static void equal_ones_in_order(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N; i++)
		sleep_add(&t[i], 5);
	for (i = 0; i < N; i++) {
		assert_ptr_equal(sleep_first(), &t[i]);
		sleep_remove(&t[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(model),
		cmocka_unit_test(equal_ones_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
