/* SPDX-License-Identifier: BSD-3-Clause */
#include "virt.h"

/* A timer that fires before the CPU sleeps is not lost: it stays pending. */
void ukplat_idle(uint64_t until)
{
	plat_watch();
	if (until != UKPLAT_FOREVER) {
		if (ukplat_clock_monotonic() >= until)
			return;
		kvm_timer_set(until);
	}
	ukarch_irq_wait();
	kvm_timer_stop();
}
