/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A function works on a key and returns. The attacker, who controls what runs
 * next but knows no address, uses the pointer to it that is still in a scratch
 * register.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define REGS 7

static const char key[] = "secret";

static __attribute__((noinline)) int check_key(void)
{
	const char *p = key;
	int sum = 0;

	__asm__ __volatile__("" : "+r"(p));
	for (int i = 0; i < 6; i++)
		sum += p[i] * i;
	__asm__ __volatile__("" : "+r"(p));
	return sum;
}

/* All scratch registers but the result, right behind the call. */
static __attribute__((noinline)) void look(const char **left)
{
	__asm__ __volatile__("call %c[fn]\n\t"
			     "mov %%rcx, 0(%[out]); mov %%rdx, 8(%[out])\n\t"
			     "mov %%rsi, 16(%[out]); mov %%rdi, 24(%[out])\n\t"
			     "mov %%r8, 32(%[out]); mov %%r9, 40(%[out])\n\t"
			     "mov %%r10, 48(%[out])"
			     : : [fn] "i"(check_key), [out] "b"(left)
			     : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9",
			       "r10", "r11", "memory", "cc");
}

int main(void)
{
	const char *left[REGS] = { NULL };
	const volatile char *p = NULL;

	look(left);
	for (int i = 0; i < REGS; i++)
		if (left[i] >= key && left[i] < key + sizeof(key))
			p = left[i];
	printf("SURVIVED: a register led to '%c%c%c'\n", p[0], p[1], p[2]);
	return 0;
}
