/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts: who is called for which line. Lines are numbered as the
 * controller does: 32 and up, those that all CPUs share.
 */
#include "virt.h"

#include <uk/errno.h>

#define LINES 32
#define FIRST_LINE 32u

static struct {
	ukplat_irq_fn fn;
	void *arg;
	unsigned int line;
} handlers[LINES] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_handlers UK_RO_AFTER_INIT_ZERO;

unsigned long ukplat_irq_save(void)
{
	unsigned long flags = ukarch_daif_get();

	ukarch_irq_off();
	return flags;
}

void ukplat_irq_restore(unsigned long flags)
{
	if (!(flags & UKARCH_PSTATE_I))
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

/* Called by the CPU's interrupt entry, interrupts off. */
static void dispatch(void)
{
	unsigned int irq = kvm_gic_take(), i;

	plat_watch();
	if (irq >= KVM_GIC_NONE)
		return;
	/* The timer has no handler: that it ended ukplat_idle is all. */
	if (irq == kvm_fdt.timer)
		kvm_timer_stop();
	for (i = 0; i < n_handlers; i++)
		if (handlers[i].line == irq)
			handlers[i].fn(handlers[i].arg);
	kvm_gic_end(irq);
}

int ukplat_irq_register(unsigned int irq, ukplat_irq_fn fn, void *arg)
{
	unsigned int i;
	int rc;

	if (!fn || irq < FIRST_LINE)
		return -EINVAL;
	for (i = 0; i < n_handlers; i++)
		if (handlers[i].line == irq)
			return -EBUSY;
	if (n_handlers == LINES)
		return -EBUSY;
	handlers[n_handlers].fn = fn;
	handlers[n_handlers].arg = arg;
	handlers[n_handlers].line = irq;
	n_handlers++;
	rc = kvm_gic_enable(irq);
	if (rc)
		n_handlers--;
	return rc;
}

bool ukplat_irq_registered(void)
{
	return n_handlers;
}

int kvm_irq_init(void)
{
	int rc;

	if (!kvm_fdt.gic)
		ukplat_boot_refuse("no interrupt controller: the device tree "
				   "names neither a GICv2 nor a GICv3", 0);
	rc = kvm_gic_init();
	if (rc)
		return rc;
	if (!kvm_fdt.timer)
		ukplat_boot_refuse("no timer: the device tree does not name "
				   "the CPU's virtual one", 0);
	ukarch_irq_set_handler(dispatch);
	return kvm_gic_enable(kvm_fdt.timer);
}
