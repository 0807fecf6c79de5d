/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A counting semaphore. A unit that is given while threads wait goes to the
 * one that has waited longest. uk_semaphore_up and uk_semaphore_down_try work
 * in any context, interrupt handlers included; the others are for threads.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/wait.h>

struct uk_semaphore {
	unsigned long count;
	struct uk_waitq waiters;
};

#define UK_SEMAPHORE_INITIALIZER(name, n)				\
	{ (n), UK_WAITQ_INITIALIZER((name).waiters) }

void uk_semaphore_init(struct uk_semaphore *s, unsigned long count);
void uk_semaphore_down(struct uk_semaphore *s);
/* false: there is no unit now. */
bool uk_semaphore_down_try(struct uk_semaphore *s);
/* 0, or -ETIMEDOUT at deadline (ns, monotonic clock). */
int uk_semaphore_down_deadline(struct uk_semaphore *s, uint64_t deadline);
/* One unit more. A count that would wrap is a crash. */
void uk_semaphore_up(struct uk_semaphore *s);
