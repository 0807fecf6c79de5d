/* SPDX-License-Identifier: BSD-3-Clause */
/* What every variant holds: the model, and frees that are wrong. */
#include <uk/alloc.h>
#include <uk/allochard.h>
#include <uk/swrand.h>

#include "../ukalloc/machine.h"
#include "../ukalloc/model.h"
#include "hard.h"

static struct uk_alloc *a;

void uk_swrand_fill(void *buf, size_t len)
{
	for (unsigned char *p = buf; len; len--)
		*p++ = (unsigned char)(machine_random() >> 24);
}

static int setup(void **state)
{
	(void)state;
	machine_start(64ul << 20);
	a = uk_alloc_get_default();
	return 0;
}

static void model(void **state)
{
	(void)state;
	assert_int_equal(model_run(a, 30000, 2000, 20ul << 20), 0);
	assert_true(model_run(a, 10000, 4000, 400ul << 20) > 0);
}

static void wrong_frees(void **state)
{
	char *p = uk_malloc(a, 100), *q = uk_malloc(a, 1 << 20);

	(void)state;
	assert_death("heap: ukallochard: invalid free: inside a block",
		     uk_free(a, p + 16));
	uk_free(a, p);
	assert_death("heap: ukallochard: double free", uk_free(a, p));
	uk_free(a, q);
	assert_death("heap: ukallochard: double free", uk_free(a, q));
	assert_death("heap: ukallochard: invalid free: not a block of this "
		     "heap", uk_free(a, &p));
}

/* As many blocks have pages of their own as the option says. */
static void samples(void **state)
{
	struct uk_allochard_stats st;
	static void *p[5000];
	size_t rate = HARD_SAMPLE;

	(void)state;
	for (int i = 0; i < 5000; i++)
		p[i] = uk_malloc(a, 40);
	assert_int_equal(uk_allochard_stats(0, &st), 0);
	if (rate)
		assert_in_range(st.n_large * rate, 2500, 10000);
	else
		assert_int_equal(st.n_large, 0);
	for (int i = 0; i < 5000; i++)
		uk_free(a, p[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(model),
		cmocka_unit_test(wrong_frees),
		cmocka_unit_test(samples),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
