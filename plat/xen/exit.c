/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of a domain has a reason, which tools understand (xl's on_poweroff,
 * on_crash), and no number. A status that is not 0 is the console's last line.
 */
#include "hypercall.h"
#include "xen.h"

#include <uk/print.h>
#include <uk/xen.h>

static bool restart;

void ukplat_xen_restart(void)
{
	restart = true;
}

void ukplat_exit(int status)
{
	static bool leaving;
	static uint32_t reason;

	ukplat_irq_disable();
	/* A fault on the way out comes back here: the first status counts. */
	if (!leaving) {
		leaving = true;
		reason = status >= UK_EXIT_CRASH ? XEN_SHUTDOWN_CRASH :
			 restart ? XEN_SHUTDOWN_REBOOT : XEN_SHUTDOWN_POWEROFF;
		if (status)
			uk_print_raw("xen: exit status %d\n", status);
		xen_console_flush();
	}
	for (;;)
		xen_call2(XEN_SCHED_OP, XEN_SCHED_SHUTDOWN,
			  (uintptr_t)&reason);
}
