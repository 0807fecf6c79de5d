/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>
#include <uk/selftest.h>

#define WORDS 24
#define DIRT 0xa5a5a5a5a5a5a5a5ul

static UK_NOINLINE void dirty(void)
{
	volatile unsigned long junk[2 * WORDS];

	for (size_t i = 0; i < UK_ARRAY_SIZE(junk); i++)
		junk[i] = DIRT;
}

static inline unsigned int dirt_in(const volatile unsigned long *p)
{
	unsigned int n = 0;

	for (size_t i = 0; i < WORDS; i++)
		n += p[i] != 0;
	return n;
}

/* The same function twice: one as every function is compiled, one whose local
 * asks to be left as it is, which shows that there was dirt to be found. */
static UK_NOINLINE unsigned int plain_local(void)
{
	unsigned long fresh[WORDS];

	__asm__ __volatile__("" : : "r"(fresh) : "memory");
	return dirt_in(fresh);
}

static UK_NOINLINE unsigned int raw_local(void)
{
	unsigned long fresh[WORDS] __attribute__((uninitialized));

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
	r->why = "a fresh local shows what was on the stack (stale words)";
	return r->got ? UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

UK_SELFTEST(zero-init, "a fresh local is zero on a dirty stack", fresh_locals);
