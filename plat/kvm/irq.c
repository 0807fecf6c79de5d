/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts: who is called for which line. Lines come through the I/O APIC,
 * messages (msi.c) straight to the local one.
 * The old PIC is masked and moved out of the exceptions' way: it may still
 * raise a spurious interrupt, until the first line is registered and its
 * output is closed (apic.c); only then do the vectors have other users.
 */
#include "device.h"
#include "kvm.h"

#include <uk/arch/io.h>
#include <uk/errno.h>
#include <uk/essentials.h>

#define PIC1 0x20
#define PIC2 0xa0
#define PIC_ICW1 0x11		/* initialise, cascaded, ICW4 follows */
#define PIC_ICW4 0x01		/* 8086 mode */
#define PIC_CASCADE 2

/* One vector each; the line is only kept to refuse a second user. */
#define LINES (KVM_VECTOR_TIMER - UKARCH_VECTOR_IRQ0)
static struct {
	ukplat_irq_fn fn;
	void *arg;
	unsigned int line;
} handlers[LINES] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_handlers UK_RO_AFTER_INIT_ZERO;

/* Called by the CPU's interrupt entry, interrupts off. */
static void dispatch(unsigned int vector)
{
	unsigned int i = vector - UKARCH_VECTOR_IRQ0;

	plat_watch();
	if (i < n_handlers)
		handlers[i].fn(handlers[i].arg);
	else if (vector != KVM_VECTOR_TIMER)
		return;		/* spurious: nothing to acknowledge */
	/* The timer has no handler: that it ended ukplat_idle is all. */
	kvm_apic_eoi();
}

int kvm_vector_take(unsigned int line, ukplat_irq_fn fn, void *arg,
		    unsigned int *vector)
{
	int rc;

	if (!fn || n_handlers == LINES)
		return fn ? -EBUSY : -EINVAL;
	rc = kvm_apic_init();
	if (rc)
		return rc;
	*vector = UKARCH_VECTOR_IRQ0 + n_handlers;
	handlers[n_handlers].fn = fn;
	handlers[n_handlers].arg = arg;
	handlers[n_handlers].line = line;
	n_handlers++;
	return 0;
}

void kvm_vector_drop(void)
{
	n_handlers--;
}

int ukplat_irq_register(unsigned int irq, ukplat_irq_fn fn, void *arg)
{
	unsigned int i, vector;
	int rc;

	for (i = 0; i < n_handlers; i++)
		if (handlers[i].line == irq && irq != KVM_LINE_NONE)
			return -EBUSY;
	rc = kvm_vector_take(irq, fn, arg, &vector);
	if (rc)
		return rc;
	rc = kvm_ioapic_route(irq, vector);
	if (rc)
		kvm_vector_drop();
	return rc;
}

bool ukplat_irq_registered(void)
{
	return n_handlers;
}

static void pic_start(uint16_t port, uint8_t vector, uint8_t cascade)
{
	outb(port, PIC_ICW1);
	outb(port + 1, vector);
	outb(port + 1, cascade);
	outb(port + 1, PIC_ICW4);
	outb(port + 1, 0xff);	/* mask all */
}

int kvm_irq_init(const struct uk_bootinfo *bi UK_UNUSED)
{
	pic_start(PIC1, UKARCH_VECTOR_IRQ0, 1u << PIC_CASCADE);
	pic_start(PIC2, UKARCH_VECTOR_IRQ0 + 8, PIC_CASCADE);
	ukarch_irq_set_handler(dispatch);
	return kvm_power_init();
}
