/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A trap with a value of ours in every register and in the FPU's control word,
 * and a look at what is left of it in the trap's handler.
 */
#include <uk/crash.h>
#include <uk/selftest.h>

/* x1 to x28: not what is handed over, frame, return; and not x18, which
 * mitigation shadow-stack keeps. */
#define REGISTERS 28
#define OURS 0x5a5a5a5a0000ul
#define ROUND_DOWN (2ul << 22)
/* The FPU's control word, for compilers that are told of no FPU. */
#define FPCR "s3_3_c4_c4_0"

static struct {
	uint64_t reg[REGISTERS + 1], fpcr;
	bool seen;
} state;

/* Called by the handler: what it has not used itself is as it came in. */
static void look(void)
{
	uint64_t *p = state.reg;

	__asm__ __volatile__("stp	x0, x1, [%0, #0]\n\t"
			     "stp	x2, x3, [%0, #16]\n\t"
			     "stp	x4, x5, [%0, #32]\n\t"
			     "stp	x6, x7, [%0, #48]\n\t"
			     "stp	x8, x9, [%0, #64]\n\t"
			     "stp	x10, x11, [%0, #80]\n\t"
			     "stp	x12, x13, [%0, #96]\n\t"
			     "stp	x14, x15, [%0, #112]\n\t"
			     "stp	x16, x17, [%0, #128]\n\t"
			     "stp	x18, x19, [%0, #144]\n\t"
			     "stp	x20, x21, [%0, #160]\n\t"
			     "stp	x22, x23, [%0, #176]\n\t"
			     "stp	x24, x25, [%0, #192]\n\t"
			     "stp	x26, x27, [%0, #208]\n\t"
			     "str	x28, [%0, #224]\n\t"
			     : : "r"(p) : "memory");
	__asm__ __volatile__("mrs %0, " FPCR : "=r"(state.fpcr));
	state.seen = true;
}

/* Never returns, and so need not say what it changes: rounds downwards. */
static void enter_dirty(void *arg UK_UNUSED)
{
	__asm__ __volatile__("msr	" FPCR ", %0\n\t"
			     "mov	x1, %1\n\t"
			     ".irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "
			     "13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, "
			     "26, 27, 28\n\t"
			     "add	x\\n, x1, #\\n\n\t"
			     ".endr\n\t"
			     "add	x1, x1, #1\n\t"
			     "brk	#0\n\t"
			     : : "r"(ROUND_DOWN), "r"(OURS) : "memory");
	__builtin_unreachable();
}

static enum uk_death trap(void)
{
	enum uk_death what;
	uint64_t fpcr;

	__asm__ __volatile__("mrs %0, " FPCR : "=r"(fpcr));
	uk_catch_look(look);
	what = uk_catch(enter_dirty, NULL, NULL);
	__asm__ __volatile__("msr " FPCR ", %0" : : "r"(fpcr));
	return what;
}

static int carried(struct uk_selftest_result *r)
{
	r->why = "the trap was not told to its handler (kind of death)";
	r->want = UK_DEATH_TRAP;
	r->got = trap();
	if (r->got != r->want || !state.seen)
		return UK_SELFTEST_FAIL;
	r->why = "a general register came in (which one)";
	r->want = 0;
	for (r->got = 1; r->got <= REGISTERS; r->got++)
		if (state.reg[r->got] - OURS <= REGISTERS)
			return UK_SELFTEST_FAIL;
	r->why = "the FPU's control word came in";
	r->got = state.fpcr;
	__builtin_memset(&state, 0, sizeof(state));	/* no address stays */
	return r->got ? UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

UK_SELFTEST(entry-state, "a trap's handler sees no register of it", carried);
