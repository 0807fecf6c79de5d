/* SPDX-License-Identifier: BSD-3-Clause */
#include "local.h"

void uk_waitq_init(struct uk_waitq *wq)
{
	uk_list_init(&wq->waiters);
}

bool uk_waitq_sleep(struct uk_waitq *wq, uint64_t deadline)
{
	struct uk_thread *t = uk_thread_self;

	t->woken = false;
	uk_list_add_tail(&wq->waiters, &t->wait);
	sched_block(deadline);
	if (!t->woken)
		uk_list_del(&t->wait);
	return t->woken;
}

struct uk_thread *uk_waitq_wake_up_one(struct uk_waitq *wq)
{
	unsigned long flags = ukplat_irq_save();
	struct uk_link *l = uk_list_pop(&wq->waiters);
	struct uk_thread *t = NULL;

	if (l) {
		t = uk_list_entry(l, struct uk_thread, wait);
		t->woken = true;
		sched_wake(t);
	}
	ukplat_irq_restore(flags);
	return t;
}

void uk_waitq_wake_up(struct uk_waitq *wq)
{
	unsigned long flags = ukplat_irq_save();

	while (uk_waitq_wake_up_one(wq))
		;
	ukplat_irq_restore(flags);
}
