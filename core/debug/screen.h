/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukdebug: the pieces of the crash screen. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/config.h>
#include <uk/crash.h>

/*
 * Begin a crash: interrupts off, from now on a second crash or trap ends the
 * machine with one line. Called before anything that could fault.
 */
void uk_crash_enter(void);
/* The first line, and the last words. */
void uk_crash_headline(enum uk_death what, const char *fmt, va_list ap)
	UK_PRINTF(2, 0);
/* pc, at most 32 callers from frame pointer fp up the stack that holds sp, last
 * line; regs: all registers, or NULL. */
UK_NORETURN void uk_crash_screen(const struct ukarch_regs *regs, uintptr_t pc,
				 uintptr_t sp, uintptr_t fp);

/* The part in the middle, where it is compiled in. */
#ifdef CONFIG_LIBUKDEBUG_CRASH_SCREEN
void uk_crash_detail(const struct ukarch_regs *regs, uintptr_t sp,
		     uintptr_t fp);
#else
static inline void uk_crash_detail(const struct ukarch_regs *regs UK_UNUSED,
				   uintptr_t sp UK_UNUSED,
				   uintptr_t fp UK_UNUSED)
{
}
#endif
bool uk_crash_in_text(uintptr_t addr);

/* Format into buf (size > 0), cut and closed, addresses as in messages. */
void uk_print_into(char *buf, size_t size, const char *fmt, va_list ap)
	UK_PRINTF(3, 0);

/* The named range that holds addr; false if none does or nobody knows. */
bool uk_crash_place(uintptr_t addr, const char **name, uintptr_t *start,
		    uintptr_t *end);
/* "heap", "guard below stack:main", "null page", "no range" into buf. */
#define UK_PLACE_MAX 64
const char *uk_crash_place_str(uintptr_t addr, char buf[UK_PLACE_MAX]);

/* If a uk_catch() of this thread runs: note the death, and go back into it.
 * _trap: by changing t->regs (true), _call: by a jump (does not return). */
#ifdef CONFIG_LIBUKDEBUG_CATCH
bool uk_catch_trap(struct ukarch_trap *t, enum uk_death what);
void uk_catch_call(enum uk_death what);
#else
static inline bool uk_catch_trap(struct ukarch_trap *t UK_UNUSED,
				 enum uk_death what UK_UNUSED)
{
	return false;
}
static inline void uk_catch_call(enum uk_death what UK_UNUSED)
{
}
#endif
