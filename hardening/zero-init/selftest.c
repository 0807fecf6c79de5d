/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>
#include <uk/selftest.h>

#define BYTES 192
#define DIRT 0xa5

static UK_NOINLINE void dirty(void)
{
	volatile unsigned char junk[2 * BYTES];

	for (size_t i = 0; i < sizeof(junk); i++)
		junk[i] = DIRT;
}

static inline unsigned int dirt_in(const volatile unsigned char *p)
{
	unsigned int n = 0;

	for (size_t i = 0; i < BYTES; i++)
		n += p[i] == DIRT;
	return n;
}

/* The same function twice: one as every function is compiled, one whose local
 * asks to be left as it is, which shows that there was dirt to be found. */
static UK_NOINLINE unsigned int plain_local(void)
{
	unsigned char fresh[BYTES];

	__asm__ __volatile__("" : : "r"(fresh) : "memory");
	return dirt_in(fresh);
}

static UK_NOINLINE unsigned int raw_local(void)
{
	unsigned char fresh[BYTES] __attribute__((uninitialized));

	__asm__ __volatile__("" : : "r"(fresh) : "memory");
	return dirt_in(fresh);
}

static int fresh_locals(struct uk_selftest_result *r)
{
	dirty();
	r->want = 1;
	r->got = raw_local();
	if (r->got == 0) {
		r->why = "the control found a clean stack: nothing is proved";
		return UK_SELFTEST_FAIL;
	}
	dirty();
	r->want = 0;
	r->got = plain_local();
	r->why = "a fresh local shows what was on the stack (stale bytes)";
	return r->got ? UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

UK_SELFTEST(zero-init, "a fresh local is zero on a dirty stack", fresh_locals);
