/* SPDX-License-Identifier: BSD-3-Clause */
/* The interval timer of real time: a thread that sends SIGALRM. */
#include <uk/plat.h>
#include <uk/syscall.h>
#include <uk/thread.h>
#include <uk/time.h>
#include "process.h"

#define SIGALRM 14
#define REAL 0
#define STACK 16384	/* bytes: a handler may run on it */

/* As the kernel lays it out. */
struct itimer {
	int64_t interval_sec, interval_usec, value_sec, value_usec;
};

static struct uk_thread *thread;
static struct uk_waitq changed = UK_WAITQ_INITIALIZER(changed);
static uint64_t due = UKPLAT_FOREVER, interval;

/* Microseconds, as they are asked for; 0 if they are not valid. */
static int to_ns(int64_t sec, int64_t usec, uint64_t *ns)
{
	const struct uk_timespec t = { sec, (int32_t)(usec * 1000) };

	if (usec < 0 || usec >= 1000000)
		return -EINVAL;
	return uk_time_join(&t, ns);
}

static void fire(void)
{
	uint64_t now = uk_time_ns();

	due = UKPLAT_FOREVER;
	if (interval)
		due = now + interval;
	uk_signal_send(NULL, SIGALRM);
}

static void *run(void *arg)
{
	/* Nobody's handler runs here. */
	uk_task_self()->blocked = UINT64_MAX;
	for (;;) {
		unsigned long flags = ukplat_irq_save();
		bool woken = uk_waitq_sleep(&changed, due);

		ukplat_irq_restore(flags);
		if (!woken && due <= uk_time_ns())
			fire();
	}
	return arg;
}

static void remaining(struct itimer *t)
{
	struct uk_timespec left = { 0, 0 }, step = uk_time_split(interval);
	uint64_t now = uk_time_ns();

	if (due != UKPLAT_FOREVER)
		left = uk_time_split(due > now ? due - now : 1000);
	*t = (struct itimer){ step.sec, step.nsec / 1000, left.sec,
			      left.nsec / 1000 };
}

UK_SYSCALL_R_DEFINE(int, getitimer, int, which, struct itimer *, t)
{
	if (which != REAL)
		return -EINVAL;
	remaining(t);
	return 0;
}

UK_SYSCALL_R_DEFINE(int, setitimer, int, which, const struct itimer *, set,
		    struct itimer *, old)
{
	const struct uk_thread_attr attr = { STACK, true };
	uint64_t value, step;

	if (which != REAL || to_ns(set->value_sec, set->value_usec, &value) ||
	    to_ns(set->interval_sec, set->interval_usec, &step))
		return -EINVAL;
	if (!thread && value) {
		thread = uk_thread_create("itimer", run, NULL, &attr);
		if (!thread)
			return -ENOMEM;
	}
	if (old)
		remaining(old);
	interval = step;
	due = UKPLAT_FOREVER;
	if (value && __builtin_add_overflow(uk_time_ns(), value, &due))
		due = UKPLAT_FOREVER;
	uk_waitq_wake_up(&changed);
	return 0;
}
