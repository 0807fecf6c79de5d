/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/syscall.h>
#include <uk/task.h>
#include <uk/thread.h>
#include "process.h"

static __thread struct uk_task self;
static int last;

struct uk_task *uk_task_self(void)
{
	unsigned long flags;

	if (unlikely(!self.tid)) {
		flags = ukplat_irq_save();
		uk_waitq_init(&self.wait);
		self.tid = ++last;
		ukplat_irq_restore(flags);
	}
	return &self;
}

struct search {
	bool (*match)(const struct uk_task *t, uint64_t what);
	uint64_t what;
	struct uk_task *found;
};

static int look(const struct uk_thread *t, void *arg)
{
	struct search *s = arg;
	struct uk_task *task = uk_thread_local(t, &self);

	if (!task->tid || !s->match(task, s->what))
		return 0;
	s->found = task;
	return 1;
}

static struct uk_task *search(bool (*match)(const struct uk_task *, uint64_t),
			      uint64_t what)
{
	struct search s = { match, what, NULL };

	uk_thread_foreach(look, &s);
	return s.found;
}

static bool has_tid(const struct uk_task *t, uint64_t tid)
{
	return t->tid == (int)tid;
}

static bool takes(const struct uk_task *t, uint64_t signals)
{
	return !(t->blocked & signals);
}

struct uk_task *uk_task_find(int tid)
{
	return tid > 0 ? search(has_tid, (uint64_t)tid) : NULL;
}

struct uk_task *process_taker(uint64_t signals)
{
	return takes(uk_task_self(), signals) ? &self : search(takes, signals);
}

/* Main asks first, so that its number is the process's. */
static int number_main(void)
{
	uk_task_self();
	return 0;
}

uk_early_initcall_prio(number_main, 1);

UK_SYSCALL_R_DEFINE(int, gettid)
{
	return uk_task_self()->tid;
}
