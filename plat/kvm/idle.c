/* SPDX-License-Identifier: BSD-3-Clause */
#include "device.h"
#include "kvm.h"

#include <uk/arch/cpu.h>

/*
 * A timer that fires before the CPU halts is not lost: the first interrupt
 * after ukarch_irq_wait's `sti` is taken one instruction later, when the CPU
 * halts already.
 */
void ukplat_idle(uint64_t until)
{
	uint64_t now;

	plat_watch();
	if (until != UKPLAT_FOREVER) {
		now = ukplat_clock_monotonic();
		if (now >= until)
			return;
		if (!kvm_apic_timer(until - now)) {
			/* No timer: the caller comes back until it is time. */
			ukarch_irq_on();
			ukarch_relax();
			ukarch_irq_off();
			return;
		}
	}
	ukarch_irq_wait();
}
