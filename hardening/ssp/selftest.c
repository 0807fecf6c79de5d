/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/tls.h>
#include <uk/canary.h>
#include <uk/crash.h>
#include <uk/selftest.h>

static uintptr_t canary(void)
{
	return *(uintptr_t *)(ukarch_tlsp_get() + UKARCH_TLS_CANARY_OFFSET);
}

static unsigned int ones(uintptr_t v)
{
	unsigned int n = 0;

	for (; v; v &= v - 1)
		n++;
	return n;
}

/* Random cannot be proved by one look, but its absence can: a constant, a
 * counter and a value with few bits all fail one of these. */
static int canary_random(struct uk_selftest_result *r)
{
	uintptr_t own = canary(), a = uk_canary_new(), b = uk_canary_new();
	unsigned int bits = ones(a ^ b);

	r->got = bits;
	if (own == 0 || a == 0) {
		r->why = "the canary is zero";
		return UK_SELFTEST_FAIL;
	}
	if ((own | a | b) & 0xff) {
		r->why = "the canary's first byte is not zero";
		return UK_SELFTEST_FAIL;
	}
	/* 56 random bits: two values differ in 28, in less than 6 or more
	 * than 50 of them once in 10^9 boots. */
	if (own == a || own == b || bits < 6 || bits > 50) {
		r->want = 28;
		r->why = "new canaries are too much alike (differing bits)";
		return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

/* Runs past its buffer, unseen by the compiler, and changes the canary of this
 * frame, alone but for older copies of it that lie where nothing is kept. */
static UK_NOINLINE void smash(void *arg)
{
	volatile uintptr_t buf[4];
	volatile uintptr_t *p = buf;
	uintptr_t *end = __builtin_frame_address(0);

	__asm__ __volatile__("" : "+r"(p));
	/* Where the frame's pointer is at its lower end, the next ends it. */
	if (end < p)
		end = (uintptr_t *)*end;
	for (; p < end; p++)
		if (*p == *(uintptr_t *)arg)
			*p ^= 0x100;
}

static int smash_caught(struct uk_selftest_result *r)
{
	struct uk_catch_info info;
	uintptr_t own = canary();

	r->want = UK_DEATH_STACK_SMASH;
	r->got = uk_catch(smash, &own, &info);
	if (r->got == r->want)
		return UK_SELFTEST_OK;
	r->why = "a smashed frame returned (kind of death)";
	return UK_SELFTEST_FAIL;
}

UK_SELFTEST(ssp, "the canary is random and begins with zero", canary_random);
UK_SELFTEST(ssp, "a smashed frame does not return", smash_caught);
