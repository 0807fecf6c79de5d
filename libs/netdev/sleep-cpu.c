/* SPDX-License-Identifier: BSD-3-Clause */
/* Nobody else is there to run: the CPU rests. */
#include <uk/netdev.h>
#include <uk/plat.h>
#include "sleep.h"

void uk_netdev_event(struct uk_netdev *dev)
{
	dev->event = true;
}

void netdev_sleep(uint64_t until)
{
	ukplat_idle(until);
}
