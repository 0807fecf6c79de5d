/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mutual exclusion between threads. The lock is handed to the thread that has
 * waited longest, so nobody starves. Thread context only. Unlocking what
 * another thread holds, and locking a plain mutex twice, are crashes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/wait.h>

struct uk_mutex {
	struct uk_thread *owner;	/* NULL: free */
	unsigned int depth;		/* how often the owner locked it */
	bool recursive;
	struct uk_waitq waiters;
};

#define UK_MUTEX_INITIALIZER(name)					\
	{ .waiters = UK_WAITQ_INITIALIZER((name).waiters) }
#define UK_MUTEX_INITIALIZER_RECURSIVE(name)				\
	{ .recursive = true, .waiters = UK_WAITQ_INITIALIZER((name).waiters) }

void uk_mutex_init(struct uk_mutex *m);
void uk_mutex_init_recursive(struct uk_mutex *m);

void uk_mutex_lock(struct uk_mutex *m);
/* false: somebody else holds it (or the caller, if it is not recursive). */
bool uk_mutex_trylock(struct uk_mutex *m);
/* 0, or -ETIMEDOUT at deadline (ns, monotonic clock). */
int uk_mutex_lock_deadline(struct uk_mutex *m, uint64_t deadline);
void uk_mutex_unlock(struct uk_mutex *m);

static inline bool uk_mutex_is_locked(const struct uk_mutex *m)
{
	return m->owner;
}
