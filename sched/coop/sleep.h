/* SPDX-License-Identifier: BSD-3-Clause */
/* Threads that have a deadline, the earliest first; equal ones in the order
 * in which they came. Needs no memory. Interrupts off. */
#pragma once

#include <uk/thread.h>

void sleep_add(struct uk_thread *t, uint64_t deadline);
/* Nothing happens if t is not among them. */
void sleep_remove(struct uk_thread *t);
struct uk_thread *sleep_first(void); /* NULL: nobody */
