/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/selftest.h>
#include <uk/shadow.h>

static volatile uintptr_t change;

/* Writes its own return address on the stack and nothing else. */
UK_USED UK_NOINLINE static void overwrite(void)
{
	volatile uintptr_t *frame = __builtin_frame_address(0);

	frame[1] += change;
	__asm__ __volatile__("" : : : "memory", "x30");
}

/* Called where a return one instruction further on is seen, and does no other
 * harm: did it come back there? */
static bool came_back_elsewhere(void)
{
	uint64_t elsewhere;

	__asm__ __volatile__("bl	%c1\n\t"
			     "b	1f\n\t"
			     "mov	%0, #1\n\t"
			     "b	2f\n"
			     "1:	mov	%0, #0\n"
			     "2:"
			     : "=r"(elsewhere) : "S"(overwrite)
			     : "memory", "cc", "x0", "x1", "x2", "x3", "x4",
			       "x5", "x6", "x7", "x8", "x9", "x10", "x11",
			       "x12", "x13", "x14", "x15", "x16", "x17",
			       "x30");
	return elsewhere;
}

static int ignored(struct uk_selftest_result *r)
{
	r->why = "a function without harm does not return";
	change = 0;
	if (came_back_elsewhere())
		return UK_SELFTEST_FAIL;
	r->why = "a return address on the stack was taken";
	change = 4;
	return came_back_elsewhere() ? UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

static int distant(struct uk_selftest_result *r)
{
	r->why = "the distance of the shadow stack can be guessed";
	return -uk_shadow_distance() < UK_SHADOW_LEAST ? UK_SELFTEST_FAIL :
	       UK_SELFTEST_OK;
}

UK_SELFTEST(shadow-stack, "an overwritten return address is not taken",
	    ignored);
UK_SELFTEST(shadow-stack, "its distance is large", distant);
