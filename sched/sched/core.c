/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between threads and the scheduler: who runs, who exists, who is to be
 * buried.
 */
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "local.h"

static struct uk_thread main_thread = {
	.exited = UK_WAITQ_INITIALIZER(main_thread.exited),
	.wait = UK_LIST_HEAD(main_thread.wait),
	.queue = UK_LIST_HEAD(main_thread.queue),
	.name = "main",
};
struct uk_thread *uk_thread_self = &main_thread;
const struct uk_sched *sched_ops UK_RO_AFTER_INIT_ZERO;

static struct uk_link threads = UK_LIST_HEAD(threads);
static struct uk_link dead = UK_LIST_HEAD(dead);
static unsigned int n_threads;

int uk_sched_register(const struct uk_sched *s)
{
	if (sched_ops)
		return -EEXIST;
	sched_ops = s;
	uk_list_add_tail(&threads, &main_thread.all);
	n_threads = 1;
	return 0;
}

void uk_sched_switch(struct uk_thread *next)
{
	struct uk_thread *prev = uk_thread_self;

	uk_thread_self = next;
	ukarch_ctx_switch(&prev->ctx, &next->ctx);
}

void uk_sched_reap(void)
{
	struct uk_link *l;
	unsigned long flags;

	for (;;) {
		flags = ukplat_irq_save();
		l = uk_list_pop(&dead);
		ukplat_irq_restore(flags);
		if (!l)
			return;
		thread_free(uk_list_entry(l, struct uk_thread, queue));
	}
}

void uk_sched_yield(void)
{
	unsigned long flags = ukplat_irq_save();

	if (sched_ops)
		sched_ops->yield();
	uk_sched_reap();
	ukplat_irq_restore(flags);
}

void sched_block(uint64_t deadline)
{
	struct uk_thread *t = uk_thread_self;

	if (unlikely(!sched_ops))
		uk_crash(UK_DEATH_OTHER, "uksched: a wait before the scheduler "
			 "is there");
	t->state = UK_THREAD_BLOCKED;
	sched_ops->block(deadline);
	uk_sched_reap();
}

void sched_wake(struct uk_thread *t)
{
	if (t->state != UK_THREAD_BLOCKED)
		return;
	t->state = UK_THREAD_READY;
	sched_ops->wake(t);
}

void sched_add(struct uk_thread *t)
{
	unsigned long flags = ukplat_irq_save();

	uk_list_add_tail(&threads, &t->all);
	n_threads++;
	t->state = UK_THREAD_READY;
	sched_ops->wake(t);
	ukplat_irq_restore(flags);
}

unsigned int sched_remove(struct uk_thread *t)
{
	t->state = UK_THREAD_EXITED;
	uk_list_del(&t->all);
	return --n_threads;
}

void sched_bury(struct uk_thread *t)
{
	uk_list_add_tail(&dead, &t->queue);
}

int uk_thread_foreach(int (*fn)(const struct uk_thread *t, void *arg),
		      void *arg)
{
	unsigned long flags = ukplat_irq_save();
	struct uk_thread *t;
	int rc = 0;

	uk_list_for_each(t, &threads, all) {
		rc = fn(t, arg);
		if (rc)
			break;
	}
	ukplat_irq_restore(flags);
	return rc;
}

static int show(const struct uk_thread *t, void *arg)
{
	static const char *const state[] = { "ready", "waits", "exited" };

	(void)arg;
	uk_print_raw("  %-*s %s%s\n", UK_THREAD_NAME_MAX, t->name,
		     state[t->state], t == uk_thread_self ? ", here" : "");
	return 0;
}

void uk_sched_deadlock(void)
{
	uk_print_raw("Threads:\n");
	uk_thread_foreach(show, NULL);
	uk_crash(UK_DEATH_OTHER, "deadlock: all %u threads wait, and no timer "
		 "or interrupt can wake one", n_threads);
}
