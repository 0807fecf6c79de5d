/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/plat.h>
#include <uk/semaphore.h>

void uk_semaphore_init(struct uk_semaphore *s, unsigned long count)
{
	*s = (struct uk_semaphore)UK_SEMAPHORE_INITIALIZER(*s, count);
}

/* Interrupts off. Units are only there while nobody waits. */
static bool take(struct uk_semaphore *s)
{
	if (!s->count)
		return false;
	s->count--;
	return true;
}

bool uk_semaphore_down_try(struct uk_semaphore *s)
{
	unsigned long flags = ukplat_irq_save();
	bool ok = take(s);

	ukplat_irq_restore(flags);
	return ok;
}

int uk_semaphore_down_deadline(struct uk_semaphore *s, uint64_t deadline)
{
	unsigned long flags = ukplat_irq_save();
	bool ok = take(s);

	if (!ok) /* who wakes us gives us its unit */
		ok = uk_waitq_sleep(&s->waiters, deadline);
	ukplat_irq_restore(flags);
	return ok ? 0 : -ETIMEDOUT;
}

void uk_semaphore_down(struct uk_semaphore *s)
{
	uk_semaphore_down_deadline(s, UKPLAT_FOREVER);
}

void uk_semaphore_up(struct uk_semaphore *s)
{
	unsigned long flags = ukplat_irq_save();

	if (!uk_waitq_wake_up_one(&s->waiters) && !++s->count)
		uk_crash(UK_DEATH_OTHER, "uklock: semaphore's count wraps");
	ukplat_irq_restore(flags);
}
