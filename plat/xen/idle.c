/* SPDX-License-Identifier: BSD-3-Clause */
#include "hypercall.h"
#include "xen.h"

/* A timer that fires before the CPU sleeps is not lost: its event is pending
 * then, and ends the sleep. */
void ukplat_idle(uint64_t until)
{
	struct xen_timer timer = { .at = until, .flags = XEN_TIMER_FUTURE };

	xen_watch();
	if (until != UKPLAT_FOREVER &&
	    (ukplat_clock_monotonic() >= until ||
	     xen_call4(XEN_VCPU_OP, XEN_VCPU_SET_TIMER, 0, (uintptr_t)&timer,
		       0)))
		return;
	xen_wait();
}
