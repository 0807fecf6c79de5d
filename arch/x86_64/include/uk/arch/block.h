/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Moving and filling runs of 8-byte words, for the memory functions of core.
 * String instructions: two bytes of code, no FPU state, and one guest
 * instruction a word under an instruction-counting emulator. Need no stack and
 * no thread pointer; any alignment; n = 0 does nothing.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Copy n words upwards. Overlap is fine where dst < src. */
static inline void ukarch_copy_words(void *dst, const void *src, size_t n)
{
	__asm__ __volatile__("rep movsq"
			     : "+D"(dst), "+S"(src), "+c"(n) : : "memory");
}

static inline void ukarch_fill_words(void *dst, uint64_t v, size_t n)
{
	__asm__ __volatile__("rep stosq"
			     : "+D"(dst), "+c"(n) : "a"(v) : "memory");
}
