/* SPDX-License-Identifier: BSD-3-Clause */
/* The one place where threads wait for files. */
#include <uk/sched.h>
#include <uk/task.h>
#include <uk/time.h>
#include "fdtab.h"

/* How often who says nothing is looked at. */
#define PAUSE UK_NSEC_PER_MSEC

#define SIGKILL 9
#define SIGSTOP 19
#define NEVER_BLOCKED (1ull << (SIGKILL - 1) | 1ull << (SIGSTOP - 1))

void waiter_init(struct waiter *w)
{
	*w = (struct waiter){ .task = uk_task_self() };
}

void waiter_wake(struct waiter *w)
{
	w->woken = true;
	uk_task_wake(w->task);
}

static void changed(struct uk_watch *watch, unsigned int events)
{
	struct sight *s = uk_container_of(watch, struct sight, watch);

	if (events & (s->events | UK_POLL_ALWAYS))
		waiter_wake(s->waiter);
}

/* Who waits has a reference: this cannot be. */
static void gone(struct uk_watch *watch)
{
	changed(watch, UK_POLL_HUP);
}

void waiter_watch(struct waiter *w, struct sight *s, struct uk_file *f,
		  unsigned int events)
{
	*s = (struct sight){ .watch.changed = changed, .watch.gone = gone,
			     .waiter = w, .events = events };
	uk_file_watch(f, &s->watch);
	w->quiet |= f->quiet;
}

int waiter_sleep(struct waiter *w, uint64_t until)
{
	uint64_t look = until;
	unsigned long flags;
	int rc = 0;

	if (w->quiet)
		look = UK_MIN(until, uk_time_ns() + PAUSE);
	flags = ukplat_irq_save();
	while (!rc && !w->woken)
		rc = uk_task_sleep(look);
	if (w->woken || (rc == -ETIMEDOUT && look < until))
		rc = 0;
	w->woken = false;
	ukplat_irq_restore(flags);
	return rc;
}

int uk_file_wait(struct uk_file *f, unsigned int events, uint64_t until)
{
	struct waiter w;
	struct sight s;
	int rc;

	waiter_init(&w);
	waiter_watch(&w, &s, f, events);
	rc = waiter_sleep(&w, until);
	uk_file_unwatch(&s.watch);
	/* A handler may not come back here. */
	if (rc == -EINTR)
		uk_signal_run();
	return rc;
}

int uk_file_again(struct uk_file *f, unsigned int event, uint64_t until,
		  bool now)
{
	int rc = -EAGAIN;

	if (now || f->flags & UK_O_NONBLOCK)
		uk_sched_yield();
	else
		rc = uk_file_wait(f, event, until);
	return rc == -ETIMEDOUT ? -EAGAIN : rc;
}

int until_of(const struct timespec *ts, uint64_t *until)
{
	const struct uk_timespec t = { ts ? ts->sec : 0,
				       ts ? (int32_t)ts->nsec : 0 };
	uint64_t ns;
	int rc;

	*until = UKPLAT_FOREVER;
	if (!ts)
		return 0;
	if (t.nsec != ts->nsec)
		return -EINVAL;
	rc = uk_time_join(&t, &ns);
	if (rc)
		return rc == -EOVERFLOW ? 0 : rc;
	if (__builtin_add_overflow(uk_time_ns(), ns, until))
		*until = UKPLAT_FOREVER;
	return 0;
}

int mask_begin(const uint64_t *set, size_t size, uint64_t *before)
{
	struct uk_task *t = uk_task_self();

	*before = t->blocked;
	if (!set)
		return 0;
	if (size != sizeof(*set))
		return -EINVAL;
	t->blocked = *set & ~NEVER_BLOCKED;
	return 0;
}

void mask_end(const uint64_t *set, uint64_t before)
{
	if (!set)
		return;
	uk_task_self()->blocked = before;
	uk_signal_run();
}
