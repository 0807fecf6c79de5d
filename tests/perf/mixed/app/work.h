/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The parts of the mixed program. Each does some work of its kind, from
 * numbers that look random and are the same every time, and returns a check
 * value, so that nothing can be left out.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

uint32_t work_sort(void);
uint32_t work_table(void);
uint32_t work_text(void);
uint32_t work_matrix(void);
uint32_t work_tree(void);
uint32_t work_cipher(void);
uint32_t work_jump(void);

/* The next of a fixed sequence. */
static inline uint32_t work_next(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}
