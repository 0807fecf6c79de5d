/* SPDX-License-Identifier: BSD-3-Clause */
#include "device.h"
#include "kvm.h"

#include <uk/print.h>

#define STATUS_MAX 127		/* QEMU reports 2 * status + 1 in 8 bits */

void ukplat_exit(int status)
{
	static bool leaving;
	static int first;

	ukplat_irq_disable();
	/* A fault on the way out comes back here: the first status counts. */
	if (!leaving) {
		leaving = true;
		first = status;
		if (status < 0 || status > STATUS_MAX) {
			first = STATUS_MAX;
			uk_print_raw("kvm: exit status %d does not fit 7 bits:"
				     " reported as %d\n", status, STATUS_MAX);
		}
		kvm_console_flush();
	}
	kvm_power_off(first);
}
