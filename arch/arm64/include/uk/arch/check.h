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

/* `brk #imm16`, and which numbers compilers give it. */
#define UKARCH_BRK		0xd4200000u
#define UKARCH_BRK_MASK		0xffe0001fu
#define UKARCH_BRK_SHIFT	5
#define UKARCH_BRK_CLANG	0x0001u /* __builtin_trap */
#define UKARCH_BRK_GCC		0x03e8u /* __builtin_trap, and every check */
#define UKARCH_BRK_CHECK	0x5500u /* sanitizers of Clang: + the check */
#define UKARCH_BRK_CALL		0x8000u /* kcfi: + registers, type and target */

/* One of those? As opposed to a debugger's. */
static inline bool ukarch_brk_is_compilers(uint32_t imm)
{
	return imm == UKARCH_BRK_CLANG || imm == UKARCH_BRK_GCC ||
	       (imm & 0xff00u) == UKARCH_BRK_CHECK ||
	       (imm & 0xfc00u) == UKARCH_BRK_CALL;
}

/*
 * Look at the instruction at `pc`, of which `avail` bytes may be read: Clang's
 * sanitizers name the check, others have only a trap: UKARCH_CHECK_UNNAMED.
 */
static inline int ukarch_check_decode(const uint8_t *pc, size_t avail)
{
	uint32_t word, imm;

	if (avail < sizeof(word) || (uintptr_t)pc % sizeof(word))
		return UKARCH_CHECK_NONE;
	word = *(const uint32_t *)(const void *)pc;
	imm = (word & ~UKARCH_BRK_MASK) >> UKARCH_BRK_SHIFT;
	if ((word & UKARCH_BRK_MASK) != UKARCH_BRK ||
	    !ukarch_brk_is_compilers(imm))
		return UKARCH_CHECK_NONE;
	if ((imm & 0xff00u) == UKARCH_BRK_CHECK)
		return (int)(imm & 0xffu);
	return UKARCH_CHECK_UNNAMED;
}

/*
 * Is the trap instruction at r's program counter the one in front of a call
 * that compares the type of what it calls (kcfi)? Then *target is what would
 * have been called. Only bytes from lo to hi, the text, are read.
 */
bool ukarch_call_check(const struct ukarch_regs *r, uintptr_t lo, uintptr_t hi,
		       uintptr_t *target);
