/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/crash.h>
#include <uk/selftest.h>

#define PROTECTED_SKIP 4	/* bytes: the landing itself */

static UK_NOINLINE int called(int x)
{
	return x + 1;
}

static int (*volatile target)(int) UK_RO_AFTER_INIT = called;

/* Past the landing, at what may well be run. */
static UK_NO_KCFI void jump_past(void *arg UK_UNUSED)
{
	((int (*)(int))((uintptr_t)target + PROTECTED_SKIP))(1);
}

static void jump_right(void *arg UK_UNUSED)
{
	target(1);
}

static int guarded(struct uk_selftest_result *r)
{
	struct uk_catch_info info;

	r->why = "a call of a function traps (kind of death)";
	r->want = UK_DEATH_NONE;
	r->got = uk_catch(jump_right, NULL, NULL);
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "a call past a function's landing went through (death)";
	r->want = UK_DEATH_TRAP;
	r->got = uk_catch(jump_past, NULL, &info);
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "it was something else that trapped (kind of trap)";
	r->want = UKARCH_TRAP_PROTECTION;
	r->got = info.kind;
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(bti, "a call past a landing is refused", guarded);
