/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Wait queues: where threads stand until somebody wakes them, first come
 * first served. Waking is allowed from interrupt handlers, waiting is not.
 *
 *	struct uk_waitq wq = UK_WAITQ_INITIALIZER(wq);
 *	thread:  uk_waitq_wait_event(&wq, n_packets > 0);
 *	handler: n_packets++; uk_waitq_wake_up_one(&wq);
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/errno.h>
#include <uk/list.h>
#include <uk/plat.h>

struct uk_thread;

struct uk_waitq {
	struct uk_link waiters;	/* struct uk_thread.wait, the first is oldest */
};

#define UK_WAITQ_INITIALIZER(name) { UK_LIST_HEAD((name).waiters) }

void uk_waitq_init(struct uk_waitq *wq);
static inline bool uk_waitq_empty(const struct uk_waitq *wq)
{
	return uk_list_empty(&wq->waiters);
}

/*
 * Stand at the end of wq until somebody takes the thread out (true) or the
 * monotonic clock reaches deadline (false; UKPLAT_FOREVER: never). Called and
 * returns with interrupts off, so that nothing can happen between the
 * caller's look at its condition and the wait.
 */
bool uk_waitq_sleep(struct uk_waitq *wq, uint64_t deadline);

/* Take the oldest waiter out and make it ready; returns it, NULL if there is
 * none. Any context. */
struct uk_thread *uk_waitq_wake_up_one(struct uk_waitq *wq);
/* All of them, in order. Any context. */
void uk_waitq_wake_up(struct uk_waitq *wq);

/*
 * Wait until cond is true: 0. -ETIMEDOUT: the deadline (ns, monotonic clock)
 * came first. cond is looked at with interrupts off, at once and after every
 * wake-up: it must be short and must not wait.
 */
#define uk_waitq_wait_event_deadline(wq, cond, deadline)		\
	({								\
		unsigned long _flags = ukplat_irq_save();		\
		uint64_t _until = (deadline);				\
		bool _more = true;					\
		int _rc = 0;						\
		while (!(cond)) {					\
			if (!_more) {					\
				_rc = -ETIMEDOUT;			\
				break;					\
			}						\
			_more = uk_waitq_sleep((wq), _until);		\
		}							\
		ukplat_irq_restore(_flags);				\
		_rc;							\
	})
#define uk_waitq_wait_event(wq, cond)					\
	((void)uk_waitq_wait_event_deadline((wq), (cond), UKPLAT_FOREVER))
