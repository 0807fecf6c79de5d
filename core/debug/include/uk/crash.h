/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How an image dies, and how a test watches it die.
 *
 * Every death goes through uk_crash(): failed assertion, trap that nobody
 * handles, smashed stack, double free. It prints the crash screen (reason,
 * registers, backtrace by frame pointers, image-relative addresses that
 * support/run/decode turns into library, function and file:line) and stops
 * the machine with UK_EXIT_CRASH. It uses no heap and works on any stack.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/arch/trap.h>
#include <uk/essentials.h>

/* The first line of the crash screen is "Crash: <what>: <message>", with
 * <what> from this list: tests match on it, so it is part of the contract.
 * The last line is UK_CRASH_LAST_LINE. */
enum uk_death {
	UK_DEATH_NONE,
	UK_DEATH_ASSERT,	/* "assertion" */
	UK_DEATH_TRAP,		/* "trap" */
	UK_DEATH_STACK_SMASH,	/* "stack smashing" */
	UK_DEATH_HEAP,		/* "heap" */
	UK_DEATH_BOUNDS,	/* "bounds" (UBSan trap instruction) */
	UK_DEATH_OVERFLOW,	/* "buffer overflow": the name of a function */
	UK_DEATH_CALL,		/* "wrong type of function called": where */
	UK_DEATH_JUMP,		/* "longjmp" */
	UK_DEATH_RETURN,	/* "return address" (shadow-stack) */
	UK_DEATH_OTHER,		/* "fatal" */
};
#define UK_CRASH_LAST_LINE "Crash: end"

UK_NORETURN void uk_crash(enum uk_death what, const char *fmt, ...)
	UK_PRINTF(2, 3);
/* The trap path of every platform ends here: handled (uk_catch) or crash.
 * Returns only if the caller shall resume with *t->regs as they are now. */
void uk_trap_dispatch(struct ukarch_trap *t);

/* The last words ("trap: #PF page fault: ..."), for a debugger that looks at
 * a machine that has stopped. Empty while all is well. */
#define UK_EPITAPH_MAX 192
extern char uk_epitaph[UK_EPITAPH_MAX];

/*
 * Who knows the address space tells the crash screen what lies where:
 * true if addr is mapped in a named range [*start, *end). Called with
 * everything in doubt: must not allocate, print or wait. Set once at boot
 * (core/boot); without it the screen shows no ranges and the backtrace keeps
 * to the page of the stack pointer.
 */
typedef bool (*uk_crash_place_fn)(uintptr_t addr, const char **name,
				  uintptr_t *start, uintptr_t *end);
void uk_crash_set_place(uk_crash_place_fn fn);

/*
 * For self-tests: run fn(arg) and see whether it died. One at a time, before
 * main only: uk_catch_disarm() is called by core/boot and holds for good.
 * Returns UK_DEATH_NONE if fn came back. Locks and memory that fn held are
 * lost: fn must hold none. A death in another thread than the caller's, and
 * any death before uk_catch_arm or after uk_catch_disarm, stops the image.
 */
struct uk_catch_info {
	enum uk_death what;
	unsigned int kind;	/* UK_DEATH_TRAP, _BOUNDS: UKARCH_TRAP_* */
	unsigned int access;	/* page fault: UKARCH_ACCESS_* */
	uintptr_t addr;		/* page fault: where */
};
enum uk_death uk_catch(void (*fn)(void *arg), void *arg,
		       struct uk_catch_info *info);
/* The trap that ends the next uk_catch() calls look() from its handler, once:
 * for who wants to see how things are there. Before main only. */
void uk_catch_look(void (*look)(void));
/*
 * core/boot only. The state of uk_catch (a saved context, worth stealing)
 * lives in a page that core/boot provides, `len` bytes zeroed, and makes
 * read-only right after uk_catch_disarm(): from then on no write to memory
 * brings it back.
 */
void uk_catch_arm(void *page, size_t len);
void uk_catch_disarm(void);
