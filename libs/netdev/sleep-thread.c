/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/netdev.h>
#include <uk/wait.h>
#include "sleep.h"

static struct uk_waitq sleeper = UK_WAITQ_INITIALIZER(sleeper);

void uk_netdev_event(struct uk_netdev *dev)
{
	dev->event = true;
	uk_waitq_wake_up(&sleeper);
}

void netdev_sleep(uint64_t until)
{
	uk_waitq_sleep(&sleeper, until);
}
