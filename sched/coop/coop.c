/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Round robin among the ready threads, in the order in which they became
 * ready. Nobody is interrupted. There is no idle thread: who blocks last
 * waits on the CPU until somebody is ready again.
 */
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/sched.h>
#include "sleep.h"

/* A platform that cannot tell lacks it: then there is always hope. */
extern UK_WEAK bool ukplat_irq_registered(void);

static struct uk_link ready = UK_LIST_HEAD(ready);

/* Wake whose time has come. */
static void expire(void)
{
	struct uk_thread *t = sleep_first();
	uint64_t now;

	if (!t)
		return;
	now = ukplat_clock_monotonic();
	for (; t && t->deadline <= now; t = sleep_first()) {
		sleep_remove(t);
		t->state = UK_THREAD_READY;
		uk_list_add_tail(&ready, &t->queue);
	}
}

/* Run the thread that is next; waits for one. */
static void run_next(void)
{
	struct uk_thread *t;
	struct uk_link *l;

	for (;;) {
		expire();
		l = uk_list_pop(&ready);
		if (l)
			break;
		t = sleep_first();
		if (!t && ukplat_irq_registered && !ukplat_irq_registered())
			uk_sched_deadlock();
		ukplat_idle(t ? t->deadline : UKPLAT_FOREVER);
	}
	t = uk_list_entry(l, struct uk_thread, queue);
	if (t != uk_thread_current())
		uk_sched_switch(t);
}

static void coop_yield(void)
{
	uk_list_add_tail(&ready, &uk_thread_current()->queue);
	run_next();
}

static void coop_block(uint64_t deadline)
{
	if (deadline != UKPLAT_FOREVER)
		sleep_add(uk_thread_current(), deadline);
	run_next();
}

static void coop_wake(struct uk_thread *t)
{
	sleep_remove(t);
	uk_list_add_tail(&ready, &t->queue);
}

const struct uk_sched uk_schedcoop = {
	.name = "coop",
	.yield = coop_yield,
	.block = coop_block,
	.wake = coop_wake,
};

static int coop_init(void)
{
	return uk_sched_register(&uk_schedcoop);
}
uk_sched_initcall(coop_init);
