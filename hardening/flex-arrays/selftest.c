/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/selftest.h>

/* Two, so that what lies behind the first is there. */
static struct {
	int used;
	int entry[8];
} tables[2];

static UK_NOINLINE void write_at(void *arg)
{
	tables[0].entry[*(volatile int *)arg] = 0;
}

static int index_traps(struct uk_selftest_result *r)
{
	struct uk_catch_info info;
	int inside = 7, beyond = 8;

	r->want = UK_DEATH_NONE;
	r->got = uk_catch(write_at, &inside, &info);
	r->why = "an index inside a last array died (kind of death)";
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->want = UK_DEATH_BOUNDS;
	r->got = uk_catch(write_at, &beyond, &info);
	r->why = "an index past a last array passed (kind of death)";
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(flex-arrays, "an index past the last array of a struct traps",
	    index_traps);
