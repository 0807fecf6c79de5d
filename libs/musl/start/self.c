/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What musl keeps of a thread, for each thread of the image: also for those
 * that it did not make itself. Filled in at the first use.
 */
#include "pthread_impl.h"
#include "musl.h"
#include <uk/thread.h>

hidden __thread struct __pthread musl_self;
/* Of pthread_setspecific(). */
static __thread void *values[PTHREAD_KEYS_MAX];

struct __pthread *musl_fill(const struct uk_thread *thread)
{
	struct __pthread *t = uk_thread_local(thread, &musl_self);

	t->self = t;
	t->next = t->prev = t;
	t->detach_state = DT_JOINABLE;
	t->locale = &libc.global_locale;
	t->robust_list.head = &t->robust_list.head;
	t->tsd = uk_thread_local(thread, values);
	return t;
}

void musl_adopt(void)
{
	musl_fill(uk_thread_current())->tid = (int)__syscall(SYS_gettid);
}
