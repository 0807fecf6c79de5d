/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Traps that end here: told to a uk_catch() that waits for one, else the
 * crash screen.
 */
#include <uk/arch/check.h>
#include <uk/crash.h>
#include <uk/image.h>
#include <uk/print.h>
#include "screen.h"

/*
 * The checks of Clang's sanitizers by the number in the trap instruction;
 * those that C code can meet.
 */
static const char *check_name(int check)
{
	switch (check) {
	case 0: case 12: case 13: case 21:
		return "integer overflow";
	case 1: case 11:
		return "code that cannot be reached";
	case 3:
		return "division overflow";
	case 18:
		return "index out of bounds";
	case 19:
		return "pointer arithmetic out of bounds";
	case 20:
		return "shift out of bounds";
	case 22:
		return "null or misaligned pointer";
	case 24:
		return "array length not positive";
	default:
		return "undefined behaviour";
	}
}

/* UKARCH_CHECK_*, or the number of the check that failed at pc. */
static int check_at(uintptr_t pc)
{
	uintptr_t end = (uintptr_t)uk_image_text_end;

	if (pc < (uintptr_t)uk_image_text_start || pc >= end)
		return UKARCH_CHECK_NONE;
	return ukarch_check_decode((const uint8_t *)pc, end - pc);
}

/*
 * With Clang a bare trap instruction is __builtin_trap() or KCFI, never a
 * sanitizer's; GCC has nothing else for its checks.
 */
static bool is_check(int check)
{
#ifdef __clang__
	return check >= 0;
#else
	return check != UKARCH_CHECK_NONE;
#endif
}

/* Was it the trap in front of a call whose target has another type? */
static bool is_call_check(const struct ukarch_trap *t, uintptr_t *target)
{
#ifdef CONFIG_HARDEN_KCFI_USED
	return t->kind == UKARCH_TRAP_ILLEGAL &&
	       ukarch_call_check(t->regs, (uintptr_t)uk_image_text_start,
				 (uintptr_t)uk_image_text_end, target);
#else
	(void)t;
	(void)target;
	return false;
#endif
}

static UK_PRINTF(2, 3) void headline(enum uk_death what, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	uk_crash_headline(what, fmt, ap);
	va_end(ap);
}

static void page_fault(const struct ukarch_trap *t)
{
	const char *access = t->access & UKARCH_ACCESS_EXEC ? "execute" :
			     t->access & UKARCH_ACCESS_WRITE ? "write" : "read";
	char place[UK_PLACE_MAX];

	headline(UK_DEATH_TRAP, "%s: %s, %s, %s", t->name, access,
		 t->access & UKARCH_ACCESS_PRESENT ? "right missing" :
		 "not mapped", uk_crash_place_str(t->addr, place));
}

void uk_trap_dispatch(struct ukarch_trap *t)
{
	uintptr_t pc = ukarch_regs_pc(t->regs);
	int check = t->kind == UKARCH_TRAP_ILLEGAL ? check_at(pc) :
		    UKARCH_CHECK_NONE;
	uintptr_t target = 0;
	enum uk_death what = is_call_check(t, &target) ? UK_DEATH_CALL :
			     is_check(check) ? UK_DEATH_BOUNDS : UK_DEATH_TRAP;
	char buf[UK_POINTER_MAX];

	if (uk_catch_trap(t, what))
		return;
	uk_crash_enter();
	if (what == UK_DEATH_CALL)
		headline(what, "%s", uk_pointer_str(target, buf));
	else if (check == UKARCH_CHECK_UNNAMED && what == UK_DEATH_BOUNDS)
		headline(what, "failed check of the compiler");
	else if (what == UK_DEATH_BOUNDS)
		headline(what, "%s (check %d)", check_name(check), check);
	else if (t->kind == UKARCH_TRAP_PAGE_FAULT)
		page_fault(t);
	else
		headline(what, "%s, code %#lx", t->name, t->code);
	uk_crash_screen(t->regs, pc, ukarch_regs_sp(t->regs),
			ukarch_regs_fp(t->regs));
}
