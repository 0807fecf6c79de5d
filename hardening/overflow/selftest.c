/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/crash.h>
#include <uk/selftest.h>

/* Two numbers, and a place for what becomes of them. */
struct numbers {
	volatile int a, b, result;
};

static UK_NOINLINE void add(void *arg)
{
	struct numbers *n = arg;

	n->result = n->a + n->b;
}

static UK_NOINLINE void multiply(void *arg)
{
	struct numbers *n = arg;

	n->result = n->a * n->b;
}

static UK_NOINLINE void shift(void *arg)
{
	struct numbers *n = arg;

	n->result = n->a << n->b;
}

static UK_NOINLINE void divide(void *arg)
{
	struct numbers *n = arg;

	n->result = n->a / n->b;
}

static const struct {
	void (*how)(void *);
	int a, fits, does_not;
} cases[] = {
	{ add, INT32_MAX - 1, 1, 2 },
	{ multiply, INT32_MAX / 2, 2, 3 },
	{ shift, 1, 30, 32 },
	{ divide, INT32_MIN, 1, -1 },
};

static int overflow_traps(struct uk_selftest_result *r)
{
	struct uk_catch_info info;

	for (unsigned int i = 0; i < UK_ARRAY_SIZE(cases); i++) {
		struct numbers n = { cases[i].a, cases[i].fits, 0 };

		r->want = UK_DEATH_NONE;
		r->got = uk_catch(cases[i].how, &n, &info);
		r->why = "arithmetic that fits died (kind of death)";
		if (r->got != r->want)
			return UK_SELFTEST_FAIL;
		n.b = cases[i].does_not;
		r->want = UK_DEATH_BOUNDS;
		r->got = uk_catch(cases[i].how, &n, &info);
		r->why = "arithmetic that overflows passed (kind of death)";
		if (r->got != r->want)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

UK_SELFTEST(overflow, "a signed number that overflows traps", overflow_traps);
