/* SPDX-License-Identifier: BSD-3-Clause */
/* Interrupts on and off, where the CPU's own flag does that. */
#include <uk/arch/system.h>
#include <uk/plat.h>

unsigned long ukplat_irq_save(void)
{
	unsigned long flags = ukarch_flags();

	ukarch_irq_off();
	return flags;
}

void ukplat_irq_restore(unsigned long flags)
{
	if (flags & UKARCH_RFLAGS_IF)
		ukarch_irq_on();
}

void ukplat_irq_enable(void)
{
	ukarch_irq_on();
}

void ukplat_irq_disable(void)
{
	ukarch_irq_off();
}
