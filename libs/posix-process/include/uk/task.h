/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What POSIX knows of a thread beyond <uk/thread.h>: its number, its signals,
 * and waits that a signal ends. Every thread has it, whoever made the thread;
 * it is filled in at the first use. For libraries that provide system calls.
 * Thread context.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/wait.h>

struct uk_task {
	int tid;		/* 1 is main; never used again */
	bool poked;		/* its wait was ended by a signal */
	uint64_t blocked;	/* signals, bit number - 1 */
	uint64_t pending;
	struct uk_waitq wait;	/* it alone stands here */
};

/* The running one. */
struct uk_task *uk_task_self(void);
/* The one of this number, NULL if it has gone, or never asked for one. Valid
 * until its thread may have run. */
struct uk_task *uk_task_find(int tid);

/*
 * Wait until uk_task_wake(): 0. -ETIMEDOUT: the monotonic clock has reached
 * deadline (ns; UKPLAT_FOREVER: never). -EINTR: a signal came, whose handler
 * has not run yet, or somebody poked. Called and returns with interrupts off,
 * as uk_waitq_sleep().
 */
int uk_task_sleep(uint64_t deadline);
void uk_task_wake(struct uk_task *t);
/* End its wait, if it waits, with -EINTR. */
void uk_task_poke(struct uk_task *t);

/* ---- signals ------------------------------------------------------------- */

#define UK_SIGNALS 64
/* Used by the C library between its threads: only pokes. */
#define UK_SIGNAL_FIRST_OWN 32
#define UK_SIGNAL_LAST_OWN 34

/*
 * Send signal sig (1 to UK_SIGNALS) to one task, or to the process (NULL): to
 * the caller if it takes it, else to another that does. The handler of the
 * running thread has run when this returns. Others run theirs when they next
 * look (uk_signal_run); their wait ends. A signal that nobody handles and that
 * is not ignored is a crash.
 */
void uk_signal_send(struct uk_task *t, int sig);
/* Run handlers of the signals that are pending for the running thread. True:
 * there was one. Whoever provides a call that waits calls this after it. */
bool uk_signal_run(void);
