/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A self-test proves, at boot, that one claimed mitigation holds. It is
 * registered next to the mitigation and linked only when that is on:
 *
 *	static int ssp_dies(struct uk_selftest_result *r) { ... }
 *	UK_SELFTEST(ssp, "a smashed canary is caught", ssp_dies);
 *
 * Runs once, before main, with interrupts on; takes microseconds; leaves no
 * memory, no mapping and no thread behind. uk_catch() of <uk/crash.h> is
 * there for accesses that must trap.
 */
#pragma once

#include <uk/essentials.h>

#define UK_SELFTEST_OK 0	/* the claim holds */
#define UK_SELFTEST_FAIL 1	/* it does not: the image stops before main */
#define UK_SELFTEST_SKIP 2	/* cannot be tried: platform, CPU, variant */

struct uk_selftest_result {
	/* One line for a failure or a skip, static storage; no addresses. */
	const char *why;
	/* Two numbers to go with it (expected, seen); printed on failure. */
	unsigned long want, got;
};

struct uk_selftest {
	const char *mitigation;	/* folder name in hardening/ */
	const char *claim;	/* "name: what is proved", in a few words */
	int (*run)(struct uk_selftest_result *r);
};

/* Aligned as its members are, not as the compiler likes tables best: entries
 * of several files must follow each other without a gap. */
#define UK_SELFTEST(mit, text, func)					\
	static const struct uk_selftest					\
	UK_CONCAT(uk_selftest_##func##_, __LINE__) UK_USED		\
	UK_ALIGNED(sizeof(void *))					\
	UK_SECTION(".uk_selftesttab") = { #mit, #mit ": " text, func }

extern const struct uk_selftest uk_selftesttab_start[], uk_selftesttab_end[];
