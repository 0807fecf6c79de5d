/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A trap with a value of ours in every register and control word, and a look
 * at what is left of it in the trap's handler.
 */
#include <uk/crash.h>
#include <uk/selftest.h>

#define REGISTERS 14
#define OURS 0x5a5a5a5a0000ul
#define FLAGS (UKARCH_RFLAGS_DF | UKARCH_RFLAGS_AC)
#define MXCSR 0x1f80u
#define FCW 0x037fu

struct state {
	uint64_t reg[REGISTERS], flags;
	uint32_t mxcsr;
	uint16_t fcw;
};

/* All general registers but the stack's two. */
#define EACH(x)								\
	x(0, rax) x(1, rbx) x(2, rcx) x(3, rdx) x(4, rsi) x(5, rdi) x(6, r8) \
	x(7, r9) x(8, r10) x(9, r11) x(10, r12) x(11, r13) x(12, r14)	\
	x(13, r15)

static struct state seen;

/* Called by the handler. */
static void look(void)
{
#define STORE(i, r) "movq %%" #r ", 8 * " #i " + %0\n"
	__asm__ __volatile__(EACH(STORE)
			     "pushfq\n"
			     "popq %1\n"
			     "stmxcsr %2\n"
			     "fnstcw %3\n"
			     : "=m"(seen.reg), "=m"(seen.flags),
			       "=m"(seen.mxcsr), "=m"(seen.fcw));
}

/* Never returns, and so need not say what it changes: truncating, denormals
 * as zero, single precision, downwards, checked for alignment. */
static void enter_dirty(void *arg UK_UNUSED)
{
	static const uint32_t mxcsr = 0xff80;
	static const uint16_t fcw = 0x0c7f;

#define FILL(i, r) "movq %3, %%" #r "\naddq $" #i ", %%" #r "\n"
	__asm__ __volatile__("ldmxcsr %0\n"
			     "fldcw %1\n"
			     EACH(FILL)
			     "pushfq\n"
			     "orq %2, (%%rsp)\n"
			     "popfq\n"
			     "int3\n"
			     : : "m"(mxcsr), "m"(fcw), "i"(FLAGS), "i"(OURS)
			     : "memory");
	__builtin_unreachable();
}

static enum uk_death trap(void)
{
	uint32_t mxcsr;
	uint16_t fcw;
	enum uk_death what;

	__asm__ __volatile__("stmxcsr %0; fnstcw %1" : "=m"(mxcsr), "=m"(fcw));
	uk_catch_look(look);
	what = uk_catch(enter_dirty, NULL, NULL);
	__asm__ __volatile__("ldmxcsr %0; fldcw %1" : : "m"(mxcsr), "m"(fcw));
	return what;
}

static int carried(struct uk_selftest_result *r)
{
	r->why = "the trap was not told to its handler (kind of death)";
	r->want = UK_DEATH_TRAP;
	r->got = trap();
	if (r->got != r->want || !seen.flags)
		return UK_SELFTEST_FAIL;
	r->why = "a flag came in (direction 0x400, alignment 0x40000)";
	r->want = 0;
	r->got = seen.flags & FLAGS;
	if (r->got)
		return UK_SELFTEST_FAIL;
	r->why = "a general register came in (which one)";
	for (r->got = 0; r->got < REGISTERS; r->got++)
		if (seen.reg[r->got] - OURS < REGISTERS)
			return UK_SELFTEST_FAIL;
	seen = (struct state){ 0 };	/* no address stays behind */
	return UK_SELFTEST_OK;
}

static int control_words(struct uk_selftest_result *r)
{
	r->why = "MXCSR came in";
	r->want = MXCSR;
	r->got = trap() == UK_DEATH_TRAP ? seen.mxcsr : 0;
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "the x87 control word came in";
	r->want = FCW;
	r->got = seen.fcw;
	seen = (struct state){ 0 };
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(entry-state, "a trap's handler sees no flag and no register of it",
	    carried);
UK_SELFTEST(entry-state, "a trap's handler computes as the ABI says",
	    control_words);
