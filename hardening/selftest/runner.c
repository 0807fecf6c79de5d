/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs the table of self-tests and reports in TAP, the Test Anything
 * Protocol, so that any harness can read what an image says about itself.
 */
#include <uk/config.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/selftest.h>

#ifdef CONFIG_LIBUKSELFTEST_QUIET
#define QUIET 1
#else
#define QUIET 0
#endif

/* One test; its verdict. Anything but the three known verdicts is a failure:
 * the table itself may be what was attacked. */
static int run_one(unsigned int nr, const struct uk_selftest *t)
{
	char want[UK_POINTER_MAX], got[UK_POINTER_MAX];
	struct uk_selftest_result r = { 0 };
	int verdict = t->run(&r);

	switch (verdict) {
	case UK_SELFTEST_OK:
		if (!QUIET)
			uk_print_raw("ok %u - %s: %s\n", nr, t->mitigation,
				     t->claim);
		break;
	case UK_SELFTEST_SKIP:
		if (!QUIET)
			uk_print_raw("ok %u - %s: %s # SKIP %s\n", nr,
				     t->mitigation, t->claim,
				     r.why ? r.why : "no reason given");
		break;
	default:
		verdict = UK_SELFTEST_FAIL;
		uk_print_raw("not ok %u - %s: %s\n", nr, t->mitigation,
			     t->claim);
		uk_print_raw("# %s (want %s, got %s)\n",
			     r.why ? r.why : "the claim does not hold",
			     uk_value_str(r.want, want),
			     uk_value_str(r.got, got));
	}
	return verdict;
}

/* All tests run even after a failure: the list of what is broken is what
 * helps. Returns the number of failures. */
static int run_all(void)
{
	unsigned int n = uk_selftesttab_end - uk_selftesttab_start;
	unsigned int count[3] = { 0, 0, 0 };
	const char *broken = NULL;

	if (!QUIET)
		uk_print_raw("TAP version 13\n1..%u\n", n);
	for (unsigned int i = 0; i < n; i++) {
		const struct uk_selftest *t = &uk_selftesttab_start[i];
		int verdict = run_one(i + 1, t);

		count[verdict]++;
		if (verdict == UK_SELFTEST_FAIL && !broken)
			broken = t->mitigation;
	}
	uk_print_raw("# selftest: %u held, %u failed, %u skipped\n",
		     count[UK_SELFTEST_OK], count[UK_SELFTEST_FAIL],
		     count[UK_SELFTEST_SKIP]);
	if (broken)
		uk_print_raw("selftest: this image promises '%s' and does not "
			     "keep it; it stops before main\n", broken);
	return count[UK_SELFTEST_FAIL];
}

static int selftest_init(void)
{
	uk_boot_selftest = run_all;
	return 0;
}

uk_late_initcall_prio(selftest_init, 9);
