/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The scheduler interface. Libraries use uk_sched_yield() and <uk/thread.h>;
 * the rest of this file is for schedulers. One scheduler an image, one CPU:
 * what is atomic is so because interrupts are off.
 */
#pragma once

#include <stdint.h>
#include <uk/essentials.h>
#include <uk/thread.h>

/* Let others run that are ready; the caller stays ready. Thread context. */
void uk_sched_yield(void);

/*
 * A scheduler decides which ready thread runs. One constant table in read-only
 * memory; every function is called with interrupts off and returns with them
 * off. None may fail: what a scheduler must remember of a thread goes into
 * the members of struct uk_thread that are kept for it.
 */
struct uk_sched {
	const char *name;
	/* The running thread stays ready, others may run first. */
	void (*yield)(void);
	/*
	 * The running thread is BLOCKED, or EXITED for good: run others.
	 * Returns in it when wake() was called for it, or when the monotonic
	 * clock has reached deadline: the scheduler then sets it READY.
	 */
	void (*block)(uint64_t deadline);
	/* t has become READY (it was BLOCKED, or is new): it may run, and its
	 * deadline counts no more. Also called by interrupt handlers, also
	 * for the running thread while block() idles in it. */
	void (*wake)(struct uk_thread *t);
};

/* Make s the scheduler: init class "sched", once (-EEXIST). The running
 * context becomes the thread "main". */
int uk_sched_register(const struct uk_sched *s);

/* For schedulers, interrupts off: make next the running thread. Returns when
 * the thread that called is switched to again. */
void uk_sched_switch(struct uk_thread *next);

/* Free what exited threads leave behind: their stacks, which they could not
 * free themselves. Called after every switch that a thread asked for; a
 * scheduler that switches on its own calls it from thread context. */
void uk_sched_reap(void);

/* For schedulers: no thread can ever run again. Lists all threads and
 * crashes. */
UK_NORETURN void uk_sched_deadlock(void);
