/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Condition variables. The waiter holds the mutex, which is free while it
 * waits and its own again when it returns. Wake-ups without a reason are
 * allowed: look at the condition in a loop. Signals may come from any context.
 */
#pragma once

#include <stdint.h>
#include <uk/mutex.h>

struct uk_condvar {
	struct uk_waitq waiters;
};

#define UK_CONDVAR_INITIALIZER(name)					\
	{ UK_WAITQ_INITIALIZER((name).waiters) }

void uk_condvar_init(struct uk_condvar *cv);
/* m is locked once by the caller (a recursive one held more often crashes). */
void uk_condvar_wait(struct uk_condvar *cv, struct uk_mutex *m);
/* 0, or -ETIMEDOUT at deadline (ns, monotonic clock); m is locked again. */
int uk_condvar_wait_deadline(struct uk_condvar *cv, struct uk_mutex *m,
			     uint64_t deadline);
void uk_condvar_signal(struct uk_condvar *cv);	/* the longest waiter */
void uk_condvar_broadcast(struct uk_condvar *cv);
