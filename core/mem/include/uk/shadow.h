/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The shadow of the stacks (mitigation shadow-stack). Each stack has a second
 * one of the same length, below it; the distance is one for all, so that
 * compiled code needs the stack pointer only to find it, and whatever moves
 * that (a thread switch, longjmp, a trap) need not know.
 */
#pragma once

#include <uk/essentials.h>

#define UK_SHADOW_LEAST (1ul << 32)

/* From a place in a stack to that in its shadow; 0: none yet, so that every
 * return address is its own shadow. Compiled code reads it. */
extern uintptr_t uk_shadow_offset;

/* What it will be: negative, random, constant. Without entropy the image stops
 * with UK_EXIT_ENTROPY. */
uintptr_t uk_shadow_distance(void);

/* That of a stack of uk_stack_alloc(). */
static inline void *uk_shadow_of(void *stack)
{
	return (char *)stack + uk_shadow_distance();
}

/* Called by compiled code. */
UK_NORETURN void uk_shadow_fail(void);
