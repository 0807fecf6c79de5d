/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs the table of self-tests and reports in TAP, the Test Anything
 * Protocol, so that any harness can read what an image says about itself.
 */
#include <uk/config.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/selftest.h>
#include <uk/str.h>

#ifdef CONFIG_LIBUKSELFTEST_QUIET
#define QUIET 1
#else
#define QUIET 0
#endif

#define LINE 128	/* bytes of one, */
#define FRONT 13	/* of "ok " and a number */

/* "ok 12 - claim", by hand: the formatter takes a thousand instructions more
 * for a line, and a good boot prints nothing but these. */
static void tell_held(unsigned int nr, const char *claim)
{
	char line[LINE], *end = line + FRONT, *p = end;
	size_t n = strlen(claim);

	if (n > LINE - FRONT - 4) {
		uk_print_raw("ok %u - %s\n", nr, claim);
		return;
	}
	memcpy(end, " - ", 3);
	memcpy(end + 3, claim, n);
	end += 3 + n;
	*end++ = '\n';
	for (; nr; nr /= 10)
		*--p = (char)('0' + nr % 10);
	p -= 3;
	memcpy(p, "ok ", 3);
	ukplat_console_write(p, (size_t)(end - p));
}

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
			tell_held(nr, t->claim);
		break;
	case UK_SELFTEST_SKIP:
		if (!QUIET)
			uk_print_raw("ok %u - %s # SKIP %s\n", nr, t->claim,
				     r.why ? r.why : "no reason given");
		break;
	default:
		verdict = UK_SELFTEST_FAIL;
		uk_print_raw("not ok %u - %s\n", nr, t->claim);
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
	unsigned int n = uk_selftesttab_end - uk_selftesttab_start, nr = 0;
	unsigned int count[3] = { 0, 0, 0 };
	const char *broken = NULL;
	const struct uk_selftest *t;

	if (!QUIET)
		uk_print_raw("TAP version 13\n1..%u\n", n);
	for (t = uk_selftesttab_start; t < uk_selftesttab_end; t++) {
		int verdict = run_one(++nr, t);

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
