/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/arch/tls.h>
#include <uk/crash.h>
#include <uk/selftest.h>

/* Changes the canary in its caller's frame, if it finds one there: between
 * its own return address and the caller's saved frame pointer; or, where frame
 * pointers are at the lower ends of frames, between the caller's and the next.
 * Older copies lie there, too, where nothing is kept. */
static UK_NOINLINE void overwrite_caller(uintptr_t canary)
{
	uintptr_t *fp = __builtin_frame_address(0), *end;
	volatile uintptr_t local = 0;

	if (&local > fp)
		fp = (uintptr_t *)fp[0];
	end = (uintptr_t *)fp[0];
	for (volatile uintptr_t *p = fp + 2; p < end; p++)
		if (*p == canary)
			*p ^= 0x100;
}

/* No array, no local whose address is taken: 'strong' leaves it alone. */
static UK_NOINLINE void victim(void *arg)
{
	overwrite_caller(*(uintptr_t *)arg);
	__asm__ __volatile__("");
}

static int bare_frame(struct uk_selftest_result *r)
{
	struct uk_catch_info info;
	uintptr_t canary = *(uintptr_t *)(ukarch_tlsp_get() +
					  UKARCH_TLS_CANARY_OFFSET);

	r->want = UK_DEATH_STACK_SMASH;
	r->got = uk_catch(victim, &canary, &info);
	if (r->got == r->want)
		return UK_SELFTEST_OK;
	r->why = "a function without locals checks no canary (kind of death)";
	return UK_SELFTEST_FAIL;
}

UK_SELFTEST(ssp-all, "a function without locals checks its frame", bare_frame);
