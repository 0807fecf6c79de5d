/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A constant whose bytes are `mov %rax, %cr0; ret`. Nobody runs it; an attacker
 * jumps into it, switches write protection off, and changes a constant.
 */
#include <stdint.h>
#include <stdio.h>

#define WP (1ul << 16)

static volatile const int promise = 1;

__attribute__((noinline)) uint32_t checksum(uint32_t x)
{
	return x ^ 0xc3c0220f;
}

static const unsigned char *inside(void)
{
	const unsigned char *p = (const unsigned char *)(uintptr_t)checksum;

	while (p[0] != 0x0f || p[1] != 0x22)
		p++;
	return p;
}

#ifdef PLANTED
static void planted(void)
{
	__asm__ __volatile__("wrmsr" : : "a"(0), "d"(0), "c"(0x10));
}
#endif

int main(int argc, char **argv)
{
	uint64_t cr0;

	(void)argv;
	if (argc > 5)
		return (int)checksum((uint32_t)argc);
#ifdef PLANTED
	planted();
#endif
	__asm__ __volatile__("mov %%cr0, %0" : "=r"(cr0));
	__asm__ __volatile__("call *%1" : : "a"(cr0 & ~WP), "r"(inside())
			     : "memory");
	*(volatile int *)(uintptr_t)&promise = 2;
	printf(promise == 2 ? "SURVIVED: a constant was changed\n" : "no\n");
	return 0;
}
