/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/selftest.h>

#define RET 0xc3
#define INT3 0xcc

/* Has a return and no other byte that looks like one. */
static UK_NOINLINE UK_NO_STACK_PROTECTOR void empty(void)
{
	__asm__ __volatile__("");
}

static int trap_behind(struct uk_selftest_result *r)
{
	const volatile uint8_t *p = (uint8_t *)empty;
	int left = 64;

	while (*p != RET && --left)
		p++;
	r->why = "no return found in a function of 64 bytes at most";
	if (!left)
		return UK_SELFTEST_FAIL;
	r->want = INT3;
	r->got = p[1];
	r->why = "no trap behind a return (byte there)";
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(sls, "a trap stands behind a return", trap_behind);
