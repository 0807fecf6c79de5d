/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No emulator speculates, so this attack acts the CPU that runs straight on
 * past a return. What lies behind is another function, one that discloses.
 */
#include <stdint.h>
#include <stdio.h>

#ifdef __clang__
#define IN_ORDER __attribute__((noinline, section(".text.sls_attack")))
#else
#define IN_ORDER \
	__attribute__((noinline, section(".text.sls_attack"), no_reorder))
#endif

IN_ORDER void returns(void);
IN_ORDER void discloses(void);

IN_ORDER __attribute__((used)) void returns(void)
{
	__asm__ __volatile__("");
}

IN_ORDER __attribute__((used)) void discloses(void)
{
	printf("SURVIVED: speculation ran on past a return\n");
}

int main(void)
{
	const volatile uint8_t *p = (uint8_t *)returns;

	if ((uintptr_t)discloses <= (uintptr_t)returns) {
		printf("this layout has the functions the other way round\n");
		return 2;
	}
	while (*p != 0xc3)
		p++;
	((void (*)(void))(uintptr_t)(p + 1))();
	return 0;
}
