/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/system.h>
#include <uk/crash.h>
#include <uk/selftest.h>

#define DEPTH 6
#define SIGNATURE 48		/* bits from here on, where nothing is signed */

static uintptr_t saved[DEPTH];

/* Its own return address as it lies on the stack, at several depths of it: a
 * signature of 0 each time comes once in 2^90 boots. */
static UK_NOINLINE void collect(unsigned int n)
{
	const volatile uintptr_t *frame = __builtin_frame_address(0);

	saved[n] = frame[1];
	if (n + 1 < DEPTH)
		collect(n + 1);
	__asm__ __volatile__("" : : : "memory");
}

static int signed_on_stack(struct uk_selftest_result *r)
{
	uintptr_t any = 0, differ = 0;
	unsigned int i;

	collect(0);
	for (i = 1; i < DEPTH; i++) {
		any |= saved[i] >> SIGNATURE;
		differ |= (saved[i] ^ saved[1]) >> SIGNATURE;
	}
	r->why = "return addresses lie on the stack as they are";
	if (!any)
		return UK_SELFTEST_FAIL;
	r->why = "a signature does not depend on the place in the stack";
	__builtin_memset(saved, 0, sizeof(saved));
	return differ ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

static volatile uintptr_t change;

/* Writes its own return address and nothing else: no canary sees that. */
UK_USED UK_NOINLINE static void overwrite(void)
{
	volatile uintptr_t *frame = __builtin_frame_address(0);

	frame[1] += change;
	__asm__ __volatile__("" : : : "memory", "x30");
}

/* Called where a return one instruction further on does no harm either. */
static void call(void *arg UK_UNUSED)
{
	__asm__ __volatile__("bl	%c0\n\t"
			     "nop\n\t"
			     "nop"
			     : : "S"(overwrite)
			     : "memory", "cc", "x0", "x1", "x2", "x3", "x4",
			       "x5", "x6", "x7", "x8", "x9", "x10", "x11",
			       "x12", "x13", "x14", "x15", "x16", "x17",
			       "x30");
}

static int caught(struct uk_selftest_result *r)
{
	r->why = "a function without harm does not return (kind of death)";
	r->want = UK_DEATH_NONE;
	change = 0;
	r->got = uk_catch(call, NULL, NULL);
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "an overwritten return address was taken (kind of death)";
	r->want = UK_DEATH_TRAP;
	change = 4;
	r->got = uk_catch(call, NULL, NULL);
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

static int switched_on(struct uk_selftest_result *r)
{
	r->why = "the CPU's unit is off";
	r->want = UKARCH_SCTLR_ENIA;
	r->got = ukarch_sctlr_get() & UKARCH_SCTLR_ENIA;
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(pac, "return addresses on the stack are signed", signed_on_stack);
UK_SELFTEST(pac, "an overwritten return address is caught", caught);
UK_SELFTEST(pac, "the CPU's unit is on", switched_on);
