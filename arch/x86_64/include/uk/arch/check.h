/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Trap instructions that compilers emit where a run-time check failed. Every
 * CPU has this header with the same function.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/arch/trap.h>

#define UKARCH_CHECK_NONE	(-1) /* not an instruction of that kind */
#define UKARCH_CHECK_UNNAMED	(-2) /* one that does not say which check */

/*
 * Look at the instruction at `pc`, of which `avail` bytes may be read.
 * Clang's sanitizer traps are `ud1 N(%eax), %eax` (67 0F B9, disp8 = N):
 * returns N, its number of the check. `ud2` (0F 0B) is what both compilers
 * make of __builtin_trap and GCC of every check: UKARCH_CHECK_UNNAMED.
 */
static inline int ukarch_check_decode(const uint8_t *pc, size_t avail)
{
	if (avail >= 2 && pc[0] == 0x0f && pc[1] == 0x0b)
		return UKARCH_CHECK_UNNAMED;
	if (avail < 4 || pc[0] != 0x67 || pc[1] != 0x0f || pc[2] != 0xb9)
		return UKARCH_CHECK_NONE;
	if (pc[3] == 0x00)		/* no displacement: check 0 */
		return 0;
	if (pc[3] == 0x40 && avail >= 5)
		return pc[4];
	return UKARCH_CHECK_NONE;
}

/*
 * Is the trap instruction at r's program counter the one in front of a call
 * that compares the type of what it calls (kcfi)? Then *target is what would
 * have been called. Only bytes from lo to hi, the text, are read.
 */
bool ukarch_call_check(const struct ukarch_regs *r, uintptr_t lo, uintptr_t hi,
		       uintptr_t *target);
