/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Switches write protection off with one instruction, waits until the image
 * goes about its business, and then changes code.
 */
#include <stdio.h>
#include <uk/arch/system.h>
#include <uk/essentials.h>
#include <uk/plat.h>

static UK_NOINLINE UK_NO_STACK_PROTECTOR int answer(void)
{
	int one = 1;

	__asm__ __volatile__(".skip 16, 0x90" : "+r"(one));
	return one;
}

/* mov $2, %eax; ret */
static const unsigned char patch[] = { 0xb8, 2, 0, 0, 0, 0xc3 };

int main(void)
{
	volatile unsigned char *code = (unsigned char *)answer;
	volatile int before = answer();

	ukarch_cr0_set(ukarch_cr0_get() & ~UKARCH_CR0_WP);
	ukplat_irq_disable();
	ukplat_idle(ukplat_clock_monotonic() + 1000000);
	ukplat_irq_enable();
	for (unsigned int i = 0; i < sizeof(patch); i++)
		code[i] = patch[i];
	if (before != 1 || answer() != 2)
		return 2;
	printf("SURVIVED: code was changed with write protection off\n");
	return 0;
}
