/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads of POSIX are threads of uksched: their stacks have guard pages, a
 * random beginning and a canary of their own, like all others.
 */
#define _GNU_SOURCE
#include "pthread_impl.h"
#include "stdio_impl.h"
#include "libc.h"
#include "musl.h"
#include <uk/plat.h>
#include <uk/thread.h>

#define SMALLEST 16384	/* bytes of stack: room for what a thread calls */

struct start {
	void *(*fn)(void *);
	void *arg;
	int c11;
	unsigned long blocked[_NSIG / 8 / sizeof(long)];	/* signals */
};

extern FILE *volatile __stdin_used, *volatile __stdout_used;
extern FILE *volatile __stderr_used;

static void lock_from_now(FILE *f)
{
	if (f && f->lock < 0)
		f->lock = 0;
}

/* The first thread besides main: streams are locked from now on. */
static void begin_threads(void)
{
	if (libc.threaded)
		return;
	for (FILE *f = *__ofl_lock(); f; f = f->next)
		lock_from_now(f);
	__ofl_unlock();
	lock_from_now(__stdin_used);
	lock_from_now(__stdout_used);
	lock_from_now(__stderr_used);
	libc.threaded = 1;
}

static void *run(void *arg)
{
	struct start s = *(struct start *)arg;

	free(arg);
	__pthread_self()->tid = (int)__syscall(SYS_gettid);
	__syscall(SYS_rt_sigprocmask, SIG_SETMASK, s.blocked, 0, _NSIG / 8);
	if (!s.c11)
		pthread_exit(s.fn(s.arg));
	pthread_exit((void *)(intptr_t)((int (*)(void *))s.fn)(s.arg));
}

/* What musl keeps of t, which has not run yet. */
static struct __pthread *prepare(struct uk_thread *t, const pthread_attr_t *a)
{
	struct __pthread *new = musl_fill(t);

	new->map_base = (void *)t;
	new->stack_size = a->_a_stacksize;
	new->guard_size = a->_a_guardsize;
	if (a->_a_detach)
		new->detach_state = DT_DETACHED;
	return new;
}

/* Nobody runs meanwhile. */
static void enter(struct __pthread *new)
{
	struct __pthread *self = __pthread_self();

	if (!libc.threads_minus_1++)
		libc.need_locks = 1;
	new->next = self->next;
	new->prev = self;
	new->next->prev = new;
	self->next = new;
}

static int make(pthread_t *out, const pthread_attr_t *a, struct start *s)
{
	struct uk_thread_attr attr = {
		.stack_size = a->_a_stacksize < SMALLEST ? SMALLEST :
			      a->_a_stacksize,
		.detached = a->_a_detach,
	};
	unsigned long flags = ukplat_irq_save();
	struct uk_thread *t = uk_thread_create("pthread", run, s, &attr);

	if (t) {
		*out = prepare(t, a);
		enter(*out);
	}
	ukplat_irq_restore(flags);
	return t ? 0 : EAGAIN;
}

int __pthread_create(pthread_t *restrict out, const pthread_attr_t *restrict a,
		     void *(*fn)(void *), void *restrict arg)
{
	int c11 = a == __ATTRP_C11_THREAD, rc = 0;
	pthread_attr_t standard = { 0 };
	struct start *s;

	if (!a || c11) {
		standard._a_stacksize = __default_stacksize;
		standard._a_guardsize = __default_guardsize;
		a = &standard;
	}
	if (a->_a_sched)
		rc = -(int)__syscall(SYS_sched_setscheduler, 0, a->_a_policy,
				     &a->_a_prio);
	if (rc)
		return rc;
	s = malloc(sizeof(*s));
	if (!s)
		return EAGAIN;
	*s = (struct start){ fn, arg, c11, { 0 } };
	__syscall(SYS_rt_sigprocmask, SIG_BLOCK, 0, s->blocked, _NSIG / 8);
	begin_threads();
	rc = make(out, a, s);
	if (rc)
		free(s);
	return rc;
}

weak_alias(__pthread_create, pthread_create);
