/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/arch/system.h>
#include <uk/crash.h>
#include <uk/plat.h>
#include <uk/selftest.h>

/* The word of endbr64, not as a constant: its bytes shall be nowhere else. */
#define NOT_ENDBR ((uint32_t)~0xfa1e0ff3u)

static int called(int x)
{
	return x + 1;
}

static int (*volatile target)(int) = called;

static int marked(struct uk_selftest_result *r)
{
	volatile uint32_t mask = NOT_ENDBR;

	r->why = "a function that is called through a pointer is no landing";
	r->want = 0xffffffffu;
	r->got = *(volatile uint32_t *)(uintptr_t)target ^ mask;
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

/* Past the landing, at what may well be run. */
static UK_NO_KCFI void jump_past(void *arg UK_UNUSED)
{
	((int (*)(int))((uintptr_t)target + 4))(1);
}

static int tracked(struct uk_selftest_result *r)
{
	struct uk_catch_info info;
	struct ukarch_cpuid seven;

	ukarch_cpuid_checked(7, 0, &seven);
	if (!(ukplat_info.features & UKPLAT_F_PRIVILEGED) ||
	    !(seven.edx & UKARCH_CPUID7_EDX_IBT)) {
		r->why = "this CPU does not track branches: nothing is stopped";
		return UK_SELFTEST_SKIP;
	}
	r->why = "the CPU can track branches, and does not (kind of death)";
	r->want = UK_DEATH_TRAP;
	r->got = uk_catch(jump_past, NULL, &info);
	return r->got == r->want && info.kind == UKARCH_TRAP_PROTECTION &&
	       ukarch_cr4_get() & UKARCH_CR4_CET ? UK_SELFTEST_OK :
	       UK_SELFTEST_FAIL;
}

UK_SELFTEST(ibt, "a function called through a pointer is a landing", marked);
UK_SELFTEST(ibt, "a jump past a landing is refused", tracked);
