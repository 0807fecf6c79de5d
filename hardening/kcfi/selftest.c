/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/crash.h>
#include <uk/selftest.h>

static volatile long called;

static long takes_long(long x)
{
	called++;
	return x + 1;
}

static int takes_two(int x, void *p)
{
	called++;
	return x + (p != NULL);
}

/* Where the pointers come from, so that the compiler does not know them. */
static long (*const volatile right)(long) = takes_long;
static int (*const volatile other)(int, void *) = takes_two;

static void call_wrong(void *arg)
{
	((long (*)(long))(uintptr_t)arg)(1);
}

static int dies(const volatile void *target, struct uk_selftest_result *r)
{
	r->want = UK_DEATH_CALL;
	r->got = uk_catch(call_wrong, (void *)(uintptr_t)target, NULL);
	return r->got == r->want && !called ? UK_SELFTEST_OK :
	       UK_SELFTEST_FAIL;
}

static int wrong_type(struct uk_selftest_result *r)
{
	called = 0;
	r->why = "a function of another type was called (kind of death)";
	if (dies((void *)(uintptr_t)other, r))
		return UK_SELFTEST_FAIL;
	r->why = "a call to a function of the right type came out wrong";
	r->want = 42;
	r->got = right(41);
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

static int middle(struct uk_selftest_result *r)
{
	called = 0;
	r->why = "a call went to the middle of a function (kind of death)";
	return dies((char *)(uintptr_t)right + 1, r);
}

UK_SELFTEST(kcfi, "a call to a function of another type traps", wrong_type);
UK_SELFTEST(kcfi, "a call into a function's middle traps", middle);
