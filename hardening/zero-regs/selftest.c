/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>
#include <stdint.h>
#include <uk/selftest.h>

#define SECRET 0x5ec2e7ul

/*
 * Leaves a secret in every scratch register and returns nothing. The compiler
 * picks the registers: Clang does not clear one that it knows only from the
 * clobbers or the named registers of an assembly statement.
 */
static UK_NOINLINE void secretive(void)
{
	uint64_t a, b, c, d, e, f, g, h, i;

	__asm__ __volatile__("mov %9, %k0; mov %9, %k1; mov %9, %k2; "
			     "mov %9, %k3; mov %9, %k4; mov %9, %k5; "
			     "mov %9, %k6; mov %9, %k7; mov %9, %k8"
			     : "=r"(a), "=r"(b), "=r"(c), "=r"(d), "=r"(e),
			       "=r"(f), "=r"(g), "=r"(h), "=r"(i)
			     : "i"(SECRET));
}

/* Call it and look at the registers before anything else touches them. */
static size_t leftovers(void)
{
	uint64_t seen[7];
	size_t n = 0;

	__asm__ __volatile__("call %c[fn]\n\t"
			     "mov %%rcx, 0(%[out]); mov %%rsi, 8(%[out])\n\t"
			     "mov %%rdi, 16(%[out]); mov %%r8, 24(%[out])\n\t"
			     "mov %%r9, 32(%[out]); mov %%r10, 40(%[out])\n\t"
			     "mov %%r11, 48(%[out])"
			     : : [fn] "i"(secretive), [out] "b"(seen)
			     : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9",
			       "r10", "r11", "memory", "cc");
	for (size_t i = 0; i < UK_ARRAY_SIZE(seen); i++)
		n += seen[i] == SECRET;
	return n;
}

static int registers(struct uk_selftest_result *r)
{
	r->want = 0;
	r->got = leftovers();
	r->why = "a function left its secret in scratch registers (how many)";
	return r->got ? UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

UK_SELFTEST(zero-regs, "scratch registers are zero after a call", registers);
