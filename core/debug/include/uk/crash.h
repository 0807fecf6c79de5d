/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How an image dies, and how a test watches it die.
 *
 * Every death goes through uk_crash(): failed assertion, trap that nobody
 * handles, smashed stack, double free. It prints the crash screen (reason,
 * library, registers, backtrace by frame pointers, image-relative addresses
 * that support/run/decode turns into file:line) and stops the machine with
 * UK_EXIT_CRASH. It uses no heap and works on any stack.
 */
#pragma once

#include <stdint.h>
#include <uk/arch/trap.h>
#include <uk/essentials.h>

/* The first line of the crash screen is "Crash: <what>: <message>", with
 * <what> from this list: tests match on it, so it is part of the contract. */
enum uk_death {
	UK_DEATH_NONE,
	UK_DEATH_ASSERT,	/* "assertion" */
	UK_DEATH_TRAP,		/* "trap" */
	UK_DEATH_STACK_SMASH,	/* "stack smashing" */
	UK_DEATH_HEAP,		/* "heap" */
	UK_DEATH_BOUNDS,	/* "bounds" (UBSan trap instruction) */
	UK_DEATH_OTHER,		/* "fatal" */
};

UK_NORETURN void uk_crash(enum uk_death what, const char *fmt, ...)
	UK_PRINTF(2, 3);
/* The trap path of every platform ends here: handled (uk_catch) or crash.
 * Returns only if the caller shall resume with *t->regs as they are now. */
void uk_trap_dispatch(struct ukarch_trap *t);

/*
 * For self-tests: run fn(arg) and see whether it died. One at a time, before
 * main only: uk_catch_disarm() is called by core/boot and holds for good.
 * Returns UK_DEATH_NONE if fn came back. Locks and memory that fn held are
 * lost: fn must hold none.
 */
struct uk_catch_info {
	enum uk_death what;
	unsigned int kind;	/* UK_DEATH_TRAP: UKARCH_TRAP_* */
	unsigned int access;	/* page fault: UKARCH_ACCESS_* */
	uintptr_t addr;		/* page fault: where */
};
enum uk_death uk_catch(void (*fn)(void *arg), void *arg,
		       struct uk_catch_info *info);
void uk_catch_disarm(void);
