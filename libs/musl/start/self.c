/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What musl keeps of a thread, for each thread of the image: also for those
 * that it did not make itself. Filled in at the first use.
 */
#include "pthread_impl.h"
#include "musl.h"

hidden __thread struct __pthread musl_self;

#ifdef CONFIG_LIBUKSCHED
static __thread void *values[PTHREAD_KEYS_MAX];
#define VALUES values
#else
/* Main's own are where pthread_key_create() puts them. */
#define VALUES NULL
#endif

void musl_adopt(void)
{
	struct __pthread *self = &musl_self;
	long tid;

	self->self = self;
	self->next = self->prev = self;
	self->detach_state = DT_JOINABLE;
	self->locale = &libc.global_locale;
	self->robust_list.head = &self->robust_list.head;
	self->tsd = VALUES;
	tid = __syscall(SYS_gettid);
	self->tid = tid > 0 ? (int)tid : 1;
}
