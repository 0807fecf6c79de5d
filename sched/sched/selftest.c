/* SPDX-License-Identifier: BSD-3-Clause */
/* For hardening/stack-offset: that room knows no threads. */
#include <uk/selftest.h>
#include <uk/stack.h>
#include <uk/thread.h>
#include <uk/vm.h>

/* All at one place of 256: once in 2^32 boots. */
#define THREADS 5

/* How far below the top this thread began. */
static void *began(void *arg UK_UNUSED)
{
	uintptr_t first = uk_stack_first();
	struct uk_vm_range stack;

	if (uk_vm_find(first, &stack))
		return NULL;
	return (void *)(stack.va + stack.len - first);
}

static int threads(struct uk_selftest_result *r)
{
	const struct uk_thread_attr small = { .stack_size = UK_PAGE_SIZE };
	struct uk_thread *t;
	uintptr_t first = 0;
	bool differ = false;
	void *at;

	for (int i = 0; i < THREADS; i++) {
		r->why = "no memory for a thread";
		t = uk_thread_create("selftest", began, NULL, &small);
		if (!t || uk_thread_join(t, &at))
			return UK_SELFTEST_FAIL;
		r->why = "a thread began at the top, or in no place (bytes)";
		r->got = (uintptr_t)at;
		if (!at || r->got > UK_STACK_SPREAD ||
		    r->got % UK_STACK_GRAIN)
			return UK_SELFTEST_FAIL;
		first = i ? first : r->got;
		differ |= r->got != first;
	}
	r->why = "all threads began at the same place (bytes)";
	return differ ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(stack-offset, "threads begin at different places", threads);
