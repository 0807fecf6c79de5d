/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/errno.h>
#include <uk/netdev.h>
#include <uk/plat.h>
#include <uk/time.h>
#include "sleep.h"

#define MTU_LEAST 68
/* How often a device without interrupts is looked at. */
#define POLL_NS UK_NSEC_PER_MSEC

static struct uk_netdev *devices[UK_NETDEV_MAX] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_devices UK_RO_AFTER_INIT_ZERO;

int uk_netdev_register(struct uk_netdev *dev)
{
	unsigned int i, any = 0;

	for (i = 0; i < sizeof(dev->mac); i++)
		any |= dev->mac[i];
	if (!any || dev->mac[0] & 1 || dev->mtu < MTU_LEAST ||
	    dev->mtu > UK_NETDEV_MTU)
		return -EINVAL;
	if (n_devices == UK_NETDEV_MAX)
		return -ENOSPC;
	devices[n_devices++] = dev;
	return 0;
}

unsigned int uk_netdev_count(void)
{
	return n_devices;
}

unsigned int uk_netdev_rx_most(void)
{
	return n_devices ? uk_netbuf_count() / 2 / n_devices : 0;
}

struct uk_netdev *uk_netdev_get(unsigned int i)
{
	return i < UK_NETDEV_MAX ? devices[i] : NULL;
}

/* Has any device something to do, or must be looked at before `*until`? */
static bool arm_all(uint64_t *until)
{
	unsigned int i;
	bool work = false;

	for (i = 0; i < n_devices; i++) {
		struct uk_netdev *dev = devices[i];

		if (dev->stopped)
			continue;
		dev->event = false;
		work |= dev->ops->arm(dev);
		if (dev->polled)
			*until = UK_MIN(*until, uk_time_ns() + POLL_NS);
	}
	return work;
}

void uk_netdev_wait(uint64_t until)
{
	unsigned long flags;
	unsigned int i;
	bool event = false;

	if (arm_all(&until))
		return;
	flags = ukplat_irq_save();
	for (i = 0; i < n_devices; i++)
		event |= devices[i]->event;
	if (!event)
		netdev_sleep(until);
	ukplat_irq_restore(flags);
}
