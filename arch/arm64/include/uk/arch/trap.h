/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Traps as every CPU presents them upwards. Each arch/<cpu> has a header of
 * this name with the same members; only struct ukarch_regs differs.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define UKARCH_TRAP_OTHER	0
#define UKARCH_TRAP_PAGE_FAULT	1 /* .addr and .access are valid */
#define UKARCH_TRAP_ILLEGAL	2 /* undefined; also what compilers trap with */
#define UKARCH_TRAP_PROTECTION	3 /* alignment, forbidden branch ... */
#define UKARCH_TRAP_ARITHMETIC	4 /* FPU */
#define UKARCH_TRAP_BREAKPOINT	5
#define UKARCH_TRAP_DOUBLE	6 /* a trap while entering a trap */
#define UKARCH_TRAP_MACHINE	7 /* system error, bus error */

#define UKARCH_ACCESS_READ	(1u << 0)
#define UKARCH_ACCESS_WRITE	(1u << 1)
#define UKARCH_ACCESS_EXEC	(1u << 2)
#define UKARCH_ACCESS_PRESENT	(1u << 3) /* mapped, but the right is missing */

/* All registers at the trap, in the order in which vector.S stores them. */
struct ukarch_regs {
	uint64_t x[31];
	uint64_t sp, pc, pstate;
	uint64_t esr, far;	/* syndrome and address, of traps only */
};

#define UKARCH_PSTATE_I		(1ul << 7) /* interrupts are off */

struct ukarch_trap {
	unsigned int kind;		/* UKARCH_TRAP_* */
	unsigned int access;		/* UKARCH_ACCESS_*, page faults only */
	uintptr_t addr;			/* faulting address, page faults only */
	const char *name;		/* "page fault"; static storage */
	unsigned long code;		/* CPU's own error code */
	struct ukarch_regs *regs;	/* may be changed: resumed with these */
};

/* The one upward call of this room: set once, before traps are possible. */
typedef void (*ukarch_trap_fn)(struct ukarch_trap *t);
void ukarch_trap_set_handler(ukarch_trap_fn fn);

static inline uintptr_t ukarch_regs_pc(const struct ukarch_regs *r)
{
	return r->pc;
}
static inline uintptr_t ukarch_regs_sp(const struct ukarch_regs *r)
{
	return r->sp;
}
static inline uintptr_t ukarch_regs_fp(const struct ukarch_regs *r)
{
	return r->x[29];
}
/* Resume at the beginning of a function. Interrupts are off: there may be no
 * room for the frame of one. */
static inline void ukarch_regs_set(struct ukarch_regs *r, uintptr_t pc,
				   uintptr_t sp)
{
	r->pstate |= UKARCH_PSTATE_I;
	r->pc = pc;
	r->sp = sp & -16ul;
}

/* Names and values in print order; returns NULL past the last one. */
const char *ukarch_regs_name(const struct ukarch_regs *r, unsigned int i,
			     uint64_t *value);
