/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * There are no interrupts: nothing runs but what the image calls. Their state
 * is kept all the same, so that code which looks at it finds what it left.
 */
#include <uk/errno.h>
#include <uk/plat.h>

static bool enabled;

unsigned long ukplat_irq_save(void)
{
	bool was = enabled;

	enabled = false;
	return was;
}

void ukplat_irq_restore(unsigned long flags)
{
	enabled = flags != 0;
}

void ukplat_irq_enable(void)
{
	enabled = true;
}

void ukplat_irq_disable(void)
{
	enabled = false;
}

int ukplat_irq_register(unsigned int irq UK_UNUSED, ukplat_irq_fn fn UK_UNUSED,
			void *arg UK_UNUSED)
{
	return -ENOTSUP;
}

bool ukplat_irq_registered(void)
{
	return false;
}
