/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/config.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/str.h>
#include "local.h"

/* Where a new thread starts, interrupts off, on its own stack. */
static void entry(void *arg)
{
	struct uk_thread *t = arg;

	uk_sched_reap();
	ukplat_irq_enable();
	uk_thread_exit(t->fn(t->arg));
}

struct uk_thread *uk_thread_create(const char *name, void *(*fn)(void *arg),
				   void *arg,
				   const struct uk_thread_attr *attr)
{
	size_t size = attr ? attr->stack_size : 0;
	struct uk_thread *t;

	if (size > PTRDIFF_MAX || !sched_ops)
		return NULL;
	t = thread_alloc(size ? size : CONFIG_LIBUKSCHED_STACK_KIB * 1024ul,
			 entry);
	if (!t)
		return NULL;
	t->detached = attr && attr->detached;
	t->fn = fn;
	t->arg = arg;
	memcpy(t->name, name, strnlen(name, UK_THREAD_NAME_MAX - 1));
	uk_list_init(&t->wait);
	uk_list_init(&t->queue);
	uk_waitq_init(&t->exited);
	sched_add(t);
	return t;
}

void uk_thread_exit(void *result)
{
	struct uk_thread *t = uk_thread_self;

	ukplat_irq_disable();
	t->result = result;
	if (!sched_ops || !sched_remove(t)) {
		ukplat_irq_enable();
		uk_boot_exit(UK_EXIT_OK);
	}
	if (t->detached)
		sched_bury(t);
	else
		uk_waitq_wake_up(&t->exited);
	sched_ops->block(UKPLAT_FOREVER);
	__builtin_unreachable();
}

int uk_thread_join(struct uk_thread *t, void **result)
{
	if (t == uk_thread_self)
		return -EDEADLK;
	if (t->detached || t->joined)
		return -EINVAL;
	t->joined = true;
	uk_waitq_wait_event(&t->exited, t->state == UK_THREAD_EXITED);
	if (result)
		*result = t->result;
	thread_free(t);
	return 0;
}

int uk_thread_detach(struct uk_thread *t)
{
	unsigned long flags;
	bool gone;

	if (t->detached || t->joined)
		return -EINVAL;
	flags = ukplat_irq_save();
	t->detached = true;
	gone = t->state == UK_THREAD_EXITED;
	ukplat_irq_restore(flags);
	if (gone)
		thread_free(t);
	return 0;
}

void uk_thread_sleep_until(uint64_t deadline)
{
	unsigned long flags = ukplat_irq_save();

	sched_block(deadline);
	ukplat_irq_restore(flags);
}

void uk_thread_sleep(uint64_t ns)
{
	uint64_t until;

	if (__builtin_add_overflow(ukplat_clock_monotonic(), ns, &until))
		until = UKPLAT_FOREVER;
	uk_thread_sleep_until(until);
}
