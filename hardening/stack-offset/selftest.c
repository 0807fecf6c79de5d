/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/selftest.h>
#include <uk/stack.h>
#include <uk/vm.h>

#define DRAWS 16
/* 16 of 256 places are less than 9 different ones once in 2^31 boots. */
#define DIFFERENT 9

static bool is_place(size_t offset)
{
	return offset && offset <= UK_STACK_SPREAD &&
	       offset % UK_STACK_GRAIN == 0;
}

/* The main stack; sched/sched has the same for threads. */
static int main_moved(struct uk_selftest_result *r)
{
	uintptr_t first = uk_stack_first();
	struct uk_vm_range stack;

	r->why = "the running stack is in no known range";
	if (uk_vm_find(first, &stack))
		return UK_SELFTEST_FAIL;
	r->why = "main began at the top of its stack, or in no place (bytes)";
	r->got = stack.va + stack.len - first;
	return is_place(r->got) ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

static int draws(struct uk_selftest_result *r)
{
	size_t seen[DRAWS];
	unsigned int i, j, different = 0;

	for (i = 0; i < DRAWS; i++) {
		seen[i] = uk_stack_offset();
		r->why = "a place outside what a stack has for it (bytes)";
		r->got = seen[i];
		if (!is_place(seen[i]))
			return UK_SELFTEST_FAIL;
		for (j = 0; seen[j] != seen[i]; j++)
			;
		different += j == i;
	}
	r->why = "the same places again and again (different ones)";
	r->want = DIFFERENT;
	r->got = different;
	return different < DIFFERENT ? UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

UK_SELFTEST(stack-offset, "main does not begin at the top of its stack",
	    main_moved);
UK_SELFTEST(stack-offset, "each draw is another place", draws);
