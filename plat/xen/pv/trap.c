/* SPDX-License-Identifier: BSD-3-Clause */
/* Traps, and upcalls on and off: a byte that the hypervisor reads. */
#include "pv.h"

#include <uk/arch/decode.h>
#include <uk/arch/system.h>
#include <uk/crash.h>

#define TRAPS 22u
#define STRIDE 16u
#define BREAKPOINT 3
#define OVERFLOW 4

extern const char pv_vectors[], pv_upcall[], pv_failsafe[];
void pv_trap(struct ukarch_regs *r);

void pv_trap_init(void)
{
	struct xen_trap table[TRAPS + 1];
	unsigned int i;

	for (i = 0; i < TRAPS; i++)
		table[i] = (struct xen_trap){
			.vector = (uint8_t)i,
			.flags = XEN_TRAP_MASKED |
				 (i == BREAKPOINT || i == OVERFLOW ?
				  XEN_TRAP_ANY_RING : 0),
			.cs = XEN_PV_CS,
			.address = (uintptr_t)pv_vectors + i * STRIDE,
		};
	table[i] = (struct xen_trap){ 0 };
	ukarch_trap_set_handler(uk_trap_dispatch);
	if (xen_call2(XEN_SET_TRAP_TABLE, (uintptr_t)table, 0) ||
	    xen_call4(XEN_SET_CALLBACKS, (uintptr_t)pv_upcall,
		      (uintptr_t)pv_failsafe, 0, 0))
		ukplat_boot_refuse("the hypervisor takes no handlers of traps",
				   0);
}

/* Called by vector.S. */
void pv_trap(struct ukarch_regs *r)
{
	ukarch_trap_deliver(r, xen_shared ? xen_shared->vcpu[0].cr2 : 0);
}

static void barrier(void)
{
	__asm__ __volatile__("" : : : "memory");
}

unsigned long ukplat_irq_save(void)
{
	bool was;

	if (!xen_shared)
		return 0;
	was = !xen_shared->vcpu[0].masked;
	ukplat_irq_disable();
	return was;
}

void ukplat_irq_disable(void)
{
	if (xen_shared)
		xen_shared->vcpu[0].masked = 1;
	barrier();
}

void ukplat_irq_enable(void)
{
	barrier();
	xen_shared->vcpu[0].masked = 0;
	barrier();
	/* What came meanwhile is delivered on the way out of any hypercall. */
	if (xen_shared->vcpu[0].pending)
		xen_call2(XEN_VERSION, 0, 0);
}

void ukplat_irq_restore(unsigned long flags)
{
	if (flags)
		ukplat_irq_enable();
}

void xen_wait(void)
{
	xen_call2(XEN_SCHED_OP, XEN_SCHED_BLOCK, 0);	/* unmasks, too */
	ukplat_irq_disable();
}
