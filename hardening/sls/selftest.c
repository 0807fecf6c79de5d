/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/selftest.h>

#define RET 0xc3
#define INT3 0xcc
#define LONGEST 64

/*
 * Two functions in one section: behind at least one of them lies what the
 * compiler puts there, not a linker that fills gaps with traps. Neither has a
 * byte that looks like a return before the return.
 */
#define LOOKED_AT \
	UK_NOINLINE UK_NO_STACK_PROTECTOR UK_SECTION(".text.sls_selftest")

static LOOKED_AT void one(void)
{
	__asm__ __volatile__("");
}

static LOOKED_AT void two(void)
{
	__asm__ __volatile__("");
}

/* The byte behind the first return, or -1 if there is no return. */
static int behind_return(void (*fn)(void))
{
	const volatile uint8_t *p = (uint8_t *)fn;

	for (int i = 0; i < LONGEST; i++)
		if (p[i] == RET)
			return p[i + 1];
	return -1;
}

static int trap_behind(struct uk_selftest_result *r)
{
	static void (*const looked_at[])(void) = { one, two };

	r->want = INT3;
	for (int i = 0; i < 2; i++) {
		r->got = behind_return(looked_at[i]);
		r->why = "no trap behind a return (byte there)";
		if (r->got != r->want)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

UK_SELFTEST(sls, "a trap stands behind a return", trap_behind);
