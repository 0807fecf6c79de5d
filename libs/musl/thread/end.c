/* SPDX-License-Identifier: BSD-3-Clause */
/* The end of a thread, and who waits for it. */
#define _GNU_SOURCE
#include "pthread_impl.h"
#include "stdio_impl.h"
#include "libc.h"
#include <uk/plat.h>
#include <uk/thread.h>

#define OWNER_DIED 0x40000000

hidden void __do_orphaned_stdio_locks(void);

void __do_cleanup_push(struct __ptcb *cb)
{
	struct __pthread *self = __pthread_self();

	cb->__next = self->cancelbuf;
	self->cancelbuf = cb;
}

void __do_cleanup_pop(struct __ptcb *cb)
{
	__pthread_self()->cancelbuf = cb->__next;
}

static void run_cleanup(struct __pthread *self)
{
	struct __ptcb *cb;

	while ((cb = self->cancelbuf)) {
		self->cancelbuf = cb->__next;
		cb->__f(cb->__x);
	}
	__pthread_tsd_run_dtors();
}

/* Robust mutexes that it still holds: who comes next is told. */
static void leave_mutexes(struct __pthread *self)
{
	volatile void *volatile *link;

	while ((link = self->robust_list.head) &&
	       link != (void *)&self->robust_list.head) {
		pthread_mutex_t *m = (void *)((char *)link -
				offsetof(pthread_mutex_t, _m_next));
		int waiters = m->_m_waiters, before;

		self->robust_list.head = *link;
		before = a_swap(&m->_m_lock, OWNER_DIED);
		if (before < 0 || waiters)
			__wake(&m->_m_lock, 1, 1);
	}
}

/* Out of the list of threads. */
static void leave_list(struct __pthread *self)
{
	if (!--libc.threads_minus_1)
		libc.need_locks = -1;
	self->next->prev = self->prev;
	self->prev->next = self->next;
	self->prev = self->next = self;
}

_Noreturn void __pthread_exit(void *result)
{
	struct __pthread *self = __pthread_self();
	unsigned long flags;

	self->canceldisable = PTHREAD_CANCEL_DISABLE;
	self->cancelasync = 0;
	self->result = result;
	run_cleanup(self);
	if (self->next == self)
		exit(0);	/* the last one */
	leave_mutexes(self);
	__do_orphaned_stdio_locks();
	__dl_thread_cleanup();
	flags = ukplat_irq_save();
	leave_list(self);
	self->tid = 0;
	if (a_cas(&self->detach_state, DT_JOINABLE, DT_EXITED) == DT_JOINABLE)
		__wake(&self->detach_state, 1, 1);
	ukplat_irq_restore(flags);
	uk_thread_exit(result);
}

static int join(pthread_t t, void **result, const struct timespec *at)
{
	int state, cs, rc = 0;

	if (t == __pthread_self())
		return EDEADLK;
	pthread_testcancel();
	__pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cs);
	if (cs == PTHREAD_CANCEL_ENABLE)
		__pthread_setcancelstate(cs, 0);
	while ((state = t->detach_state) && rc != ETIMEDOUT && rc != EINVAL) {
		if (state == DT_DETACHED) {
			__pthread_setcancelstate(cs, 0);
			return EINVAL;
		}
		rc = __timedwait_cp(&t->detach_state, state, CLOCK_REALTIME,
				    at, 1);
	}
	__pthread_setcancelstate(cs, 0);
	if (rc == ETIMEDOUT || rc == EINVAL)
		return rc;
	if (result)
		*result = t->result;
	if (t->map_base)
		uk_thread_join((struct uk_thread *)(void *)t->map_base, NULL);
	return 0;
}

int __pthread_join(pthread_t t, void **result)
{
	return join(t, result, NULL);
}

static int try_join(pthread_t t, void **result)
{
	return t->detach_state == DT_JOINABLE ? EBUSY : join(t, result, NULL);
}

static int detach(pthread_t t)
{
	if (a_cas(&t->detach_state, DT_JOINABLE, DT_DETACHED) != DT_JOINABLE)
		return __pthread_join(t, 0);
	if (t->map_base)
		uk_thread_detach((struct uk_thread *)(void *)t->map_base);
	return 0;
}

weak_alias(__pthread_exit, pthread_exit);
weak_alias(__pthread_join, pthread_join);
weak_alias(join, pthread_timedjoin_np);
weak_alias(try_join, pthread_tryjoin_np);
weak_alias(detach, pthread_detach);
weak_alias(detach, thrd_detach);
