/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads: a stack between guard pages, thread-local data, FPU state and a
 * stack canary of its own each. The context that booted the image is the
 * thread "main". Thread context only, unless said otherwise.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/arch/context.h>
#include <uk/essentials.h>
#include <uk/list.h>
#include <uk/wait.h>

#define UK_THREAD_NAME_MAX 16	/* with the closing NUL; longer ones are cut */

enum uk_thread_state {
	UK_THREAD_READY,	/* runs, or would if it got the CPU */
	UK_THREAD_BLOCKED,	/* waits for a wake-up or a deadline */
	UK_THREAD_EXITED,	/* never runs again */
};

struct uk_thread {
	/* uksched's */
	struct ukarch_ctx ctx;		/* of a thread that is not running */
	enum uk_thread_state state;
	bool detached, joined;
	bool woken;			/* by the queue it waited in */
	struct uk_link wait;		/* in that queue */
	struct uk_link all;		/* in the list of all threads */
	struct uk_waitq exited;		/* who joins it */
	void *(*fn)(void *arg);
	void *arg, *result;
	void *stack;			/* NULL: main's, never given back */
	char name[UK_THREAD_NAME_MAX];

	/* the scheduler's own */
	struct uk_link queue;
	uint64_t deadline, seq;
	struct uk_thread *kid, *next, *prev;
};

/* Members may be added; zero is the default for each. */
struct uk_thread_attr {
	size_t stack_size;	/* bytes, 0: CONFIG_LIBUKSCHED_STACK_KIB */
	bool detached;		/* nobody joins; gone when it exits */
};

/*
 * A new thread that runs fn(arg) and exits with what fn returns. attr may be
 * NULL, name is copied. It does not run before the caller gives up the CPU
 * (with a cooperative scheduler). NULL: no memory.
 */
struct uk_thread *uk_thread_create(const char *name, void *(*fn)(void *arg),
				   void *arg,
				   const struct uk_thread_attr *attr);

/* End the calling thread. When it was the last one the image exits with
 * UK_EXIT_OK; main may go before the others. */
UK_NORETURN void uk_thread_exit(void *result);

/*
 * Wait until t has exited, take its result (if result is not NULL) and free
 * it: t is gone after. -EDEADLK: t is the caller. -EINVAL: t is detached, or
 * somebody else joins it.
 */
int uk_thread_join(struct uk_thread *t, void **result);

/* Nobody will join t: it is freed when it exits, or now if it has. -EINVAL: it
 * is detached already, or somebody joins it. */
int uk_thread_detach(struct uk_thread *t);

/* The running thread; never NULL. Any context: a handler sees the thread that
 * it interrupted. */
extern struct uk_thread *uk_thread_self;
static inline struct uk_thread *uk_thread_current(void)
{
	return uk_thread_self;
}

/* Where t has its own of the thread-local variable that the caller has at
 * `mine`. Valid as long as t is there. Any context. */
void *uk_thread_local(const struct uk_thread *t, void *mine);

/* Let ns nanoseconds pass / wait for that time of the monotonic clock. */
void uk_thread_sleep(uint64_t ns);
void uk_thread_sleep_until(uint64_t deadline);

/* fn for every thread until it returns non-zero (returned). fn must not give
 * up the CPU. Any context. */
int uk_thread_foreach(int (*fn)(const struct uk_thread *t, void *arg),
		      void *arg);
