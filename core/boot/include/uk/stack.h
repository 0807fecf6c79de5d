/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a thread's first frame lies in its stack, for those who make a stack:
 * right below the top, or a random distance below it. hardening/stack-offset
 * draws; in an image without it every thread begins at the top.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

/* The largest distance there is, and what all are a multiple of: 256 places. */
#define UK_STACK_SPREAD 4096ul
#define UK_STACK_GRAIN 16ul

/*
 * Another distance at every call: bytes, UK_STACK_GRAIN to UK_STACK_SPREAD.
 * Thread context or boot; needs no memory. Where the machine has no entropy it
 * does not return: the image stops with UK_EXIT_ENTROPY. Weak:
 * hardening/stack-offset implements it, nobody else.
 */
extern UK_WEAK size_t uk_stack_offset_new(void);

/* How far below its top the next stack shall begin: bytes; 0 = at the top.
 * Inline, so that the report sees who asks. */
static inline __attribute__((always_inline)) size_t uk_stack_offset(void)
{
	return uk_stack_offset_new ? uk_stack_offset_new() : 0;
}

/* What a stack needs on top of what its thread may use, bytes. */
static inline size_t uk_stack_spread(void)
{
	return uk_stack_offset_new ? UK_STACK_SPREAD : 0;
}

/* The stack pointer with which the running thread began, from its frames: that
 * of the first function has no other behind it. */
static inline uintptr_t uk_stack_first(void)
{
	const uintptr_t *fp = __builtin_frame_address(0);

	while (*fp)
		fp = (const uintptr_t *)*fp;
	return (uintptr_t)(fp + 2);
}
