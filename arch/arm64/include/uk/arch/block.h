/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Moving and filling runs of 8-byte words, for the memory functions of core,
 * by pairs of registers. Assembly, so that no compiler makes a call of memcpy
 * of it. Need no stack and no thread pointer; any alignment; n = 0 does
 * nothing.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Copy n words upwards. Overlap is fine where dst < src. */
static inline void ukarch_copy_words(void *dst, const void *src, size_t n)
{
	uint64_t a, b;

	__asm__ __volatile__("tbz	%2, #0, 1f\n\t"
			     "ldr	%3, [%1], #8\n\t"
			     "str	%3, [%0], #8\n"
			     "1:	lsr	%2, %2, #1\n\t"
			     "cbz	%2, 3f\n"
			     "2:	ldp	%3, %4, [%1], #16\n\t"
			     "stp	%3, %4, [%0], #16\n\t"
			     "subs	%2, %2, #1\n\t"
			     "b.ne	2b\n"
			     "3:"
			     : "+r"(dst), "+r"(src), "+r"(n), "=&r"(a), "=&r"(b)
			     : : "memory", "cc");
}

static inline void ukarch_fill_words(void *dst, uint64_t v, size_t n)
{
	__asm__ __volatile__("tbz	%1, #0, 1f\n\t"
			     "str	%2, [%0], #8\n"
			     "1:	lsr	%1, %1, #1\n\t"
			     "cbz	%1, 3f\n"
			     "2:	stp	%2, %2, [%0], #16\n\t"
			     "subs	%1, %1, #1\n\t"
			     "b.ne	2b\n"
			     "3:"
			     : "+r"(dst), "+r"(n) : "r"(v) : "memory", "cc");
}
