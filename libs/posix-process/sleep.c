/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat.h>
#include <uk/task.h>
#include "process.h"

int uk_task_sleep(uint64_t deadline)
{
	struct uk_task *t = uk_task_self();

	if (process_pending(t))
		return -EINTR;
	if (!uk_waitq_sleep(&t->wait, deadline))
		return -ETIMEDOUT;
	if (!t->poked)
		return 0;
	t->poked = false;
	return -EINTR;
}

void uk_task_wake(struct uk_task *t)
{
	uk_waitq_wake_up(&t->wait);
}

void uk_task_poke(struct uk_task *t)
{
	unsigned long flags = ukplat_irq_save();

	if (!uk_waitq_empty(&t->wait)) {
		t->poked = true;
		uk_task_wake(t);
	}
	ukplat_irq_restore(flags);
}
