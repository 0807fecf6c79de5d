/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libuksched. All with interrupts off unless said otherwise. */
#pragma once

#include <uk/sched.h>
#include <uk/thread.h>

extern const struct uk_sched *sched_ops;

/* Block the running thread; returns when it is ready again. */
void sched_block(uint64_t deadline);
/* A new thread joins the list and becomes ready. Any interrupt state. */
void sched_add(struct uk_thread *t);
/* A thread leaves the list: it has exited. Returns how many are left. */
unsigned int sched_remove(struct uk_thread *t);
/* The running thread has exited and is detached: leave it to the reaper. */
void sched_bury(struct uk_thread *t);
/* Make a blocked thread ready; nothing for others. */
void sched_wake(struct uk_thread *t);

/* memory.c; thread context */
struct uk_thread *thread_alloc(size_t stack_size, void (*entry)(void *arg));
void thread_free(struct uk_thread *t);
