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
#define UKARCH_TRAP_PROTECTION	3 /* #GP, #SS ... */
#define UKARCH_TRAP_ARITHMETIC	4 /* division, overflow, FPU */
#define UKARCH_TRAP_BREAKPOINT	5
#define UKARCH_TRAP_DOUBLE	6 /* a trap while entering a trap */
#define UKARCH_TRAP_MACHINE	7 /* NMI, machine check */

#define UKARCH_ACCESS_READ	(1u << 0)
#define UKARCH_ACCESS_WRITE	(1u << 1)
#define UKARCH_ACCESS_EXEC	(1u << 2)
#define UKARCH_ACCESS_PRESENT	(1u << 3) /* mapped, but the right is missing */

/* All registers at the trap, in the order that the entry code pushes them. */
struct ukarch_regs {
	uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
	uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
	uint64_t vector, error;
	uint64_t rip, cs, rflags, rsp, ss;
};

#define UKARCH_RFLAGS_IF	(1ul << 9)  /* interrupts are on */
#define UKARCH_RFLAGS_DF	(1ul << 10) /* string instructions go down */
#define UKARCH_RFLAGS_AC	(1ul << 18) /* alignment checked; SMAP off */

struct ukarch_trap {
	unsigned int kind;		/* UKARCH_TRAP_* */
	unsigned int access;		/* UKARCH_ACCESS_*, page faults only */
	uintptr_t addr;			/* faulting address, page faults only */
	const char *name;		/* "#PF page fault"; static storage */
	unsigned long code;		/* CPU's own error code */
	struct ukarch_regs *regs;	/* may be changed: resumed with these */
};

/* The one upward call of this room: set once, before traps are possible. */
typedef void (*ukarch_trap_fn)(struct ukarch_trap *t);
void ukarch_trap_set_handler(ukarch_trap_fn fn);

static inline uintptr_t ukarch_regs_pc(const struct ukarch_regs *r)
{
	return r->rip;
}
static inline uintptr_t ukarch_regs_sp(const struct ukarch_regs *r)
{
	return r->rsp;
}
static inline uintptr_t ukarch_regs_fp(const struct ukarch_regs *r)
{
	return r->rbp;
}
/* Resume at the beginning of a function, with the flags that the ABI wants
 * there: DF and AC are down. Interrupts are off: there may be no room for the
 * frame of one. */
static inline void ukarch_regs_set(struct ukarch_regs *r, uintptr_t pc,
				   uintptr_t sp)
{
	r->rflags &= ~(UKARCH_RFLAGS_IF | UKARCH_RFLAGS_DF |
		       UKARCH_RFLAGS_AC);
	r->rip = pc;
	r->rsp = sp;
}

/* Names and values in print order; returns NULL past the last one. */
const char *ukarch_regs_name(const struct ukarch_regs *r, unsigned int i,
			     uint64_t *value);
