/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat.h>
#include <uk/probe.h>
#include <uk/selftest.h>
#include <uk/str.h>
#include <uk/vm.h>

static int own_guard(struct uk_selftest_result *r)
{
	struct uk_vm_range stack;

	r->why = "the running stack is in no known range";
	if (uk_vm_find((uintptr_t)__builtin_frame_address(0), &stack))
		return UK_SELFTEST_FAIL;
	r->why = "the lowest byte of the stack cannot be used";
	if (!uk_probe_writable(stack.va))
		return UK_SELFTEST_FAIL;
	r->why = "the byte below the stack can be used";
	if (!uk_probe_faults(stack.va - 1, UKARCH_ACCESS_READ) ||
	    !uk_probe_faults(stack.va - 1, UKARCH_ACCESS_WRITE) ||
	    !uk_probe_faults(stack.va - UK_PAGE_SIZE, UKARCH_ACCESS_WRITE))
		return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

/* Called for every range; those that are stacks are counted. */
static int look_below(const struct uk_vm_range *range, void *arg)
{
	struct uk_selftest_result *r = arg;
	unsigned int rights;
	uint64_t pa;
	size_t len;

	/* Between a stack and its shadow there is nothing (shadow-stack). */
	if (strncmp(range->name, "stack", 5) || !range->rights)
		return 0;
	r->got++;
	return !ukplat_map_query(range->va - UK_PAGE_SIZE, &pa, &rights, &len);
}

static int all_guards(struct uk_selftest_result *r)
{
	if (!(ukplat_info.features & UKPLAT_F_QUERY)) {
		r->why = "this platform cannot read its mappings";
		return UK_SELFTEST_SKIP;
	}
	r->want = 1;
	r->got = 0;
	r->why = "a stack has memory right below it (which one)";
	if (uk_vm_foreach(look_below, r))
		return UK_SELFTEST_FAIL;
	r->why = "no stack was found to look at";
	return r->got ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(guard, "an access below the running stack faults", own_guard);
UK_SELFTEST(guard, "the page below every stack is not mapped", all_guards);
