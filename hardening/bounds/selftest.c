/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/selftest.h>

/* The array is not the last member: that one counts as flexible. */
static struct {
	int entry[8];
	int beyond;
} table;

static UK_NOINLINE void read_at(void *arg)
{
	volatile int *sink = arg;

	*sink = table.entry[*sink];
}

static UK_NOINLINE void write_at(void *arg)
{
	table.entry[*(volatile int *)arg] = 0;
}

static int index_traps(struct uk_selftest_result *r)
{
	static void (*const access[])(void *) = { read_at, write_at };
	struct uk_catch_info info;

	for (int i = 0; i < 2; i++) {
		int inside = 7, beyond = 8;

		r->want = UK_DEATH_NONE;
		r->got = uk_catch(access[i], &inside, &info);
		r->why = "an index inside its array died (kind of death)";
		if (r->got != r->want)
			return UK_SELFTEST_FAIL;
		r->want = UK_DEATH_BOUNDS;
		r->got = uk_catch(access[i], &beyond, &info);
		r->why = "an index outside its array passed (kind of death)";
		if (r->got != r->want)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

UK_SELFTEST(bounds, "an index outside its array traps", index_traps);
