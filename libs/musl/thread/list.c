/* SPDX-License-Identifier: BSD-3-Clause */
/* All threads, and questions about one. */
#define _GNU_SOURCE
#include "pthread_impl.h"
#include "libc.h"
#include <uk/thread.h>
#include <uk/vm.h>

static volatile int owner;
static int depth;

void __tl_lock(void)
{
	int tid = __pthread_self()->tid, held;

	if (owner == tid) {
		depth++;
		return;
	}
	while ((held = a_cas(&owner, 0, tid)))
		__wait(&owner, 0, held, 1);
}

void __tl_unlock(void)
{
	if (depth) {
		depth--;
		return;
	}
	a_store(&owner, 0);
	__wake(&owner, 1, 1);
}

/* What belongs to the process is kept once: done for one is done for all. */
void __synccall(void (*fn)(void *), void *arg)
{
	fn(arg);
}

int pthread_getattr_np(pthread_t t, pthread_attr_t *a)
{
	const struct uk_thread *ut = (const void *)t->map_base;
	struct uk_vm_range r;
	uintptr_t at = (uintptr_t)&r;

	if (t != __pthread_self()) {
		/* Main's own thread is not written down. */
		if (!ut)
			return ENOSYS;
		at = ut->ctx.sp;
	}
	if (uk_vm_find(at, &r))
		return ESRCH;
	*a = (pthread_attr_t){ 0 };
	a->_a_detach = t->detach_state == DT_DETACHED;
	a->_a_guardsize = UK_PAGE_SIZE;
	a->_a_stackaddr = r.va + r.len;
	a->_a_stacksize = r.len;
	return 0;
}
