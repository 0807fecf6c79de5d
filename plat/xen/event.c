/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Event channels, in the two-level form: a bit for each port in the page that
 * is shared with the hypervisor, and a word that says where to look. A line of
 * ukplat_irq_register() is a port.
 */
#include "hypercall.h"
#include "xen.h"

#include <uk/errno.h>
#include <uk/essentials.h>

#define HANDLERS 16u
#define WORD 64u

volatile struct xen_shared *xen_shared;

static struct {
	ukplat_irq_fn fn;
	void *arg;
	uint32_t port;
} handlers[HANDLERS] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_handlers UK_RO_AFTER_INIT_ZERO;

void xen_event_send(uint32_t port)
{
	xen_call2(XEN_EVENT_OP, XEN_EVENT_SEND, (uintptr_t)&port);
}

static long unmask(uint32_t port)
{
	return xen_call2(XEN_EVENT_OP, XEN_EVENT_UNMASK, (uintptr_t)&port);
}

int xen_event_init(void)
{
	struct xen_bind_virq bind = { .virq = XEN_VIRQ_TIMER };
	unsigned int i;
	long rc;

	for (i = 0; i < UK_ARRAY_SIZE(xen_shared->mask); i++)
		xen_shared->mask[i] = UINT64_MAX;
	rc = xen_call2(XEN_EVENT_OP, XEN_EVENT_BIND_VIRQ, (uintptr_t)&bind);
	/* That it ends ukplat_idle is all: the timer has no handler. */
	return rc ? (int)rc : (int)unmask(bind.port);
}

static void handle(uint32_t port)
{
	unsigned int i;

	for (i = 0; i < n_handlers; i++)
		if (handlers[i].port == port)
			handlers[i].fn(handlers[i].arg);
}

void xen_upcall(void)
{
	volatile struct xen_vcpu *vcpu = &xen_shared->vcpu[0];
	uint64_t words, bits;
	unsigned int w, b;

	vcpu->pending = 0;
	words = __atomic_exchange_n(&vcpu->words, 0, __ATOMIC_SEQ_CST);
	for (; words; words &= words - 1) {
		w = (unsigned int)__builtin_ctzll(words);
		bits = xen_shared->pending[w] & ~xen_shared->mask[w];
		__atomic_fetch_and(&xen_shared->pending[w], ~bits,
				   __ATOMIC_SEQ_CST);
		for (; bits; bits &= bits - 1) {
			b = (unsigned int)__builtin_ctzll(bits);
			handle(w * WORD + b);
		}
	}
}

int ukplat_irq_register(unsigned int irq, ukplat_irq_fn fn, void *arg)
{
	unsigned int i;

	if (!fn || irq >= XEN_PORTS)
		return -EINVAL;
	for (i = 0; i < n_handlers; i++)
		if (handlers[i].port == irq)
			return -EBUSY;
	if (i == HANDLERS)
		return -EBUSY;
	handlers[i].fn = fn;
	handlers[i].arg = arg;
	handlers[i].port = irq;
	n_handlers++;
	if (!unmask(irq))
		return 0;
	n_handlers--;
	return -EINVAL;
}

bool ukplat_irq_registered(void)
{
	return n_handlers;
}
