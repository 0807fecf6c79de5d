/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Contexts on the host's own CPU, without privilege, in each of the formats
 * that the CPU saves its FPU state in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <asm/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <uk/arch/context.h>
#include <uk/arch/tls.h>
#include "fpu.h"

#define PLAIN __attribute__((no_sanitize("address", "undefined"), noinline))
#define STACK 65536
#define CONTEXTS 3
#define ROUNDS 4

static uintptr_t fs_get(void)
{
	uintptr_t v = 0;

	syscall(SYS_arch_prctl, ARCH_GET_FS, &v);
	return v;
}

static uintptr_t set_to;

static void fs_set(uintptr_t v)
{
	set_to = v;
}

/* ---- FPU state ------------------------------------------------------- */

struct fp {
	uint64_t lo, hi;
	uint32_t mxcsr;
	uint16_t cw;
};

static struct fp fp_of(unsigned int n)
{
	return (struct fp){
		.lo = 0x1111111111111111ul * n, .hi = ~0ul / n,
		/* rounding mode, and one exception's mask */
		.mxcsr = 0x1f80 | (n & 3) << 13,
		.cw = (uint16_t)(0x37f & ~(n & 1) << 4),
	};
}

static PLAIN void fp_load(const struct fp *f)
{
	__asm__ __volatile__(
		"ldmxcsr %0\n\tfldcw %1\n\t"
		"movups %2, %%xmm6\n\tmovups %2, %%xmm15"
		: : "m"(f->mxcsr), "m"(f->cw), "m"(*(const char(*)[16])&f->lo)
		: "xmm6", "xmm15");
}

static PLAIN void fp_store(struct fp *f, struct fp *g)
{
	__asm__ __volatile__(
		"stmxcsr %0\n\tfnstcw %1\n\t"
		"movups %%xmm6, %2\n\tmovups %%xmm15, %3"
		: "=m"(f->mxcsr), "=m"(f->cw), "=m"(*(char(*)[16])&f->lo),
		  "=m"(*(char(*)[16])&g->lo));
}

static struct ukarch_ctx ctx[CONTEXTS];
static unsigned int order[64], steps, broken;

/* What the CPU holds is this context's through every switch. */
static PLAIN void turn(unsigned int n, unsigned int next)
{
	struct fp want = fp_of(n + 1), got, also;

	fp_load(&want);
	order[steps++] = n;
	ukarch_ctx_switch(&ctx[n], &ctx[next]);
	fp_store(&got, &also);
	if (got.lo != want.lo || got.hi != want.hi || also.lo != want.lo ||
	    also.hi != want.hi || got.mxcsr != want.mxcsr ||
	    got.cw != want.cw)
		broken++;
}

static struct fp fresh;
static bool aligned;

static PLAIN void entry(void *arg)
{
	unsigned int n = (unsigned int)(uintptr_t)arg, i;
	struct fp also;

	if (n == 1) {
		fp_store(&fresh, &also);
		aligned = ((uintptr_t)__builtin_frame_address(0) & 15) == 0;
	}
	for (i = 0; i < ROUNDS; i++)
		turn(n, (n + 1) % CONTEXTS);
	ukarch_ctx_switch(&ctx[n], &ctx[0]);
}

static void *area(void)
{
	void *p = aligned_alloc(UKARCH_FPU_ALIGN, ukarch_fpu_size());

	assert_non_null(p);
	memset(p, 0xff, ukarch_fpu_size());
	ukarch_fpu_reset(p);
	return p;
}

static void round_robin(void)
{
	struct fp before, after, also, usual = fp_of(4);
	char *stack[CONTEXTS];
	unsigned int i;

	steps = broken = 0;
	memset(&fresh, 0, sizeof(fresh));
	fp_store(&before, &also);
	for (i = 0; i < CONTEXTS; i++) {
		ctx[i].fpu = area();
		stack[i] = malloc(STACK);
		assert_non_null(stack[i]);
		/* Any alignment of the top will do. */
		if (i)
			ukarch_ctx_init(&ctx[i], stack[i] + STACK - i,
					ctx[i].fpu, entry,
					(void *)(uintptr_t)i);
	}
	for (i = 0; i < ROUNDS; i++)
		turn(0, 1);
	usual.mxcsr = before.mxcsr;
	usual.cw = before.cw;
	fp_load(&usual);
	fp_store(&after, &also);
	assert_int_equal(broken, 0);
	assert_int_equal(steps, CONTEXTS * ROUNDS);
	for (i = 0; i < steps; i++)
		assert_int_equal(order[i], i % CONTEXTS);
	assert_int_equal(fresh.mxcsr, 0x1f80);
	assert_int_equal(fresh.cw, 0x37f);
	assert_true(aligned);
	for (i = 0; i < CONTEXTS; i++) {
		free(stack[i]);
		free(ctx[i].fpu);
	}
}

static void test_switch(void **state)
{
	uint32_t mask, opt;

	(void)state;
	ukarch_tls_set_fallback(fs_get, fs_set);
	ukarch_fpu_init();
	assert_int_equal(ukarch_fpu_size() % UKARCH_FPU_ALIGN, 0);
	assert_true(ukarch_fpu_size() >= 576);
	round_robin();
	mask = ukarch_fpu_mask;
	opt = ukarch_fpu_opt;
	ukarch_fpu_opt = 0;		/* XSAVE, or still FXSAVE */
	round_robin();
	ukarch_fpu_mask = 0;		/* FXSAVE */
	round_robin();
	ukarch_fpu_mask = mask;
	ukarch_fpu_opt = opt;
}

/* A context without FPU area leaves the state alone. */
static void test_no_fpu(void **state)
{
	struct fp want = fp_of(2), got, also, before;
	struct ukarch_ctx *a = &ctx[0], *b = &ctx[1];
	static char stack[STACK];

	(void)state;
	fp_store(&before, &also);
	memset(ctx, 0, sizeof(ctx));
	ukarch_ctx_init(b, stack + STACK, NULL, entry, (void *)1);
	ctx[2].sp = 0;
	steps = broken = 0;
	fp_load(&want);
	/* entry loads its own state and goes on to context 2 = back here */
	ukarch_ctx_switch(&ctx[2], b);
	fp_store(&got, &also);
	want = fp_of(2);
	assert_int_equal(got.lo, want.lo);
	assert_null(a->fpu);
	fp_load(&before);
}

/* ---- thread pointer -------------------------------------------------- */

static void test_thread_pointer(void **state)
{
	static char stack[STACK];
	uintptr_t mine = fs_get();

	(void)state;
	memset(ctx, 0, sizeof(ctx));
	steps = broken = 0;
	set_to = 0;
	ukarch_ctx_init(&ctx[1], stack + STACK, NULL, entry, (void *)1);
	/* Ours is saved; none and the same are not set. */
	ukarch_ctx_switch(&ctx[2], &ctx[1]);
	assert_int_equal(ctx[2].tlsp, mine);
	assert_int_equal(ctx[1].tlsp, mine);
	assert_int_equal(set_to, 0);
	ctx[1].tlsp = 0x5550;
	ukarch_ctx_switch(&ctx[2], &ctx[1]);
	assert_int_equal(set_to, 0x5550);
}

/* ---- jumps ----------------------------------------------------------- */

static struct ukarch_jmpbuf jb;

static PLAIN void deep(void)
{
	ukarch_longjmp(&jb, 42);
}

static PLAIN void shallow(void (*fn)(void))
{
	volatile char room[300];

	room[0] = 1;
	fn();
	room[1] = room[0];
}

static PLAIN int jump(uintptr_t *kept)
{
	volatile uintptr_t local = 0x1234;
	int v = ukarch_setjmp(&jb);

	*kept = local;
	if (v)
		return v;
	local++;
	shallow(deep);
	return -1;
}

static void test_setjmp(void **state)
{
	uintptr_t kept = 0;

	(void)state;
	assert_int_equal(jump(&kept), 42);
	assert_int_equal(kept, 0x1235);
}

static char other[STACK];

static PLAIN void landing(void *arg)
{
	uintptr_t sp = (uintptr_t)__builtin_frame_address(0);

	*(bool *)arg = sp > (uintptr_t)other && sp % 16 == 0 &&
		       sp <= (uintptr_t)other + STACK;
	ukarch_longjmp(&jb, 1);
}

static PLAIN void test_stack_jump(void **state)
{
	static bool good;

	(void)state;
	if (!ukarch_setjmp(&jb))
		ukarch_stack_jump(other + STACK - 3, landing, &good);
	assert_true(good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_switch),
		cmocka_unit_test(test_no_fpu),
		cmocka_unit_test(test_thread_pointer),
		cmocka_unit_test(test_setjmp),
		cmocka_unit_test(test_stack_jump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
