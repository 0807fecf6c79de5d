/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/mutex.h>
#include <uk/plat.h>
#include <uk/thread.h>

void uk_mutex_init(struct uk_mutex *m)
{
	*m = (struct uk_mutex)UK_MUTEX_INITIALIZER(*m);
}

void uk_mutex_init_recursive(struct uk_mutex *m)
{
	*m = (struct uk_mutex)UK_MUTEX_INITIALIZER_RECURSIVE(*m);
}

/* Take it if that needs no waiting; interrupts off. */
static bool take(struct uk_mutex *m)
{
	struct uk_thread *self = uk_thread_current();

	if (m->owner && (m->owner != self || !m->recursive))
		return false;
	m->owner = self;
	m->depth++;
	if (unlikely(!m->depth))
		uk_crash(UK_DEATH_OTHER, "uklock: mutex locked too often");
	return true;
}

bool uk_mutex_trylock(struct uk_mutex *m)
{
	unsigned long flags = ukplat_irq_save();
	bool ok = take(m);

	ukplat_irq_restore(flags);
	return ok;
}

int uk_mutex_lock_deadline(struct uk_mutex *m, uint64_t deadline)
{
	unsigned long flags = ukplat_irq_save();
	bool ok = take(m);

	if (!ok && m->owner == uk_thread_current())
		uk_crash(UK_DEATH_OTHER, "uklock: thread %s locks a mutex that "
			 "it holds", m->owner->name);
	if (!ok) /* who wakes us has made us the owner */
		ok = uk_waitq_sleep(&m->waiters, deadline);
	ukplat_irq_restore(flags);
	return ok ? 0 : -ETIMEDOUT;
}

void uk_mutex_lock(struct uk_mutex *m)
{
	uk_mutex_lock_deadline(m, UKPLAT_FOREVER);
}

void uk_mutex_unlock(struct uk_mutex *m)
{
	unsigned long flags = ukplat_irq_save();

	if (unlikely(m->owner != uk_thread_current()))
		uk_crash(UK_DEATH_OTHER, "uklock: thread %s unlocks a mutex "
			 "that %s%s", uk_thread_current()->name,
			 m->owner ? "is held by " : "is free",
			 m->owner ? m->owner->name : "");
	if (!--m->depth) {
		m->owner = uk_waitq_wake_up_one(&m->waiters);
		m->depth = m->owner != NULL;
	}
	ukplat_irq_restore(flags);
}
