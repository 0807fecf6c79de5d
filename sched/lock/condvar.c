/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/condvar.h>
#include <uk/crash.h>
#include <uk/plat.h>

void uk_condvar_init(struct uk_condvar *cv)
{
	uk_waitq_init(&cv->waiters);
}

int uk_condvar_wait_deadline(struct uk_condvar *cv, struct uk_mutex *m,
			     uint64_t deadline)
{
	unsigned long flags;
	bool woken;

	if (unlikely(m->depth != 1))
		uk_crash(UK_DEATH_OTHER, "uklock: wait with a mutex that is "
			 "locked %u times", m->depth);
	flags = ukplat_irq_save();
	uk_mutex_unlock(m);
	woken = uk_waitq_sleep(&cv->waiters, deadline);
	ukplat_irq_restore(flags);
	uk_mutex_lock(m);
	return woken ? 0 : -ETIMEDOUT;
}

void uk_condvar_wait(struct uk_condvar *cv, struct uk_mutex *m)
{
	uk_condvar_wait_deadline(cv, m, UKPLAT_FOREVER);
}

void uk_condvar_signal(struct uk_condvar *cv)
{
	uk_waitq_wake_up_one(&cv->waiters);
}

void uk_condvar_broadcast(struct uk_condvar *cv)
{
	uk_waitq_wake_up(&cv->waiters);
}
