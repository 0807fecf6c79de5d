/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The one way to die. Everything here assumes that the image is broken: no
 * memory is asked for, no lock taken, and a second crash on the way ends it.
 */
#include <uk/arch/cpu.h>
#include <uk/assert.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/fmt.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "screen.h"

char uk_epitaph[UK_EPITAPH_MAX];

static const char *const names[] = {
	[UK_DEATH_NONE] = "none",
	[UK_DEATH_ASSERT] = "assertion",
	[UK_DEATH_TRAP] = "trap",
	[UK_DEATH_STACK_SMASH] = "stack smashing",
	[UK_DEATH_HEAP] = "heap",
	[UK_DEATH_BOUNDS] = "bounds",
	[UK_DEATH_OVERFLOW] = "buffer overflow",
	[UK_DEATH_CALL] = "wrong type of function called",
	[UK_DEATH_JUMP] = "longjmp",
	[UK_DEATH_RETURN] = "return address",
	[UK_DEATH_OTHER] = "fatal",
};

void uk_crash_enter(void)
{
	static const char again[] = "\nCrash while crashing\n"
				    UK_CRASH_LAST_LINE "\n";
	static volatile unsigned int depth;

	ukplat_irq_disable();
	if (++depth == 1)
		return;
	/* The console may be what fails: it is tried once. */
	if (depth == 2)
		ukplat_console_write(again, sizeof(again) - 1);
	ukplat_exit(UK_EXIT_CRASH);
}

void uk_crash_headline(enum uk_death what, const char *fmt, va_list ap)
{
	int n;

	if ((unsigned int)what >= UK_ARRAY_SIZE(names))
		what = UK_DEATH_OTHER;
	n = uk_snprintf(uk_epitaph, sizeof(uk_epitaph), "%s: ", names[what]);
	uk_print_into(uk_epitaph + n, sizeof(uk_epitaph) - (size_t)n, fmt, ap);
	uk_print_raw("\nCrash: %s\n", uk_epitaph);
}

bool uk_crash_in_text(uintptr_t addr)
{
	return addr >= (uintptr_t)uk_image_text_start &&
	       addr < (uintptr_t)uk_image_text_end;
}

void uk_crash_screen(const struct ukarch_regs *regs, uintptr_t pc,
		     uintptr_t sp, uintptr_t fp)
{
	char buf[UK_POINTER_MAX];

	uk_print_raw("at %s%s\n", uk_pointer_str(pc, buf),
		     uk_crash_in_text(pc) ? "" : " (not in the image's text)");
	uk_crash_detail(regs, sp, fp);
	uk_print_raw(UK_CRASH_LAST_LINE "\n");
	ukplat_exit(UK_EXIT_CRASH);
}

/* own: the frame of the function that was called to die. */
static UK_NORETURN UK_PRINTF(3, 0) void die(uintptr_t own, enum uk_death what,
					    const char *fmt, va_list ap)
{
	uintptr_t fp, pc;

	uk_catch_call(what);
	uk_crash_enter();
	uk_crash_headline(what, fmt, ap);
	/* The caller's frame, and a place inside its call: behind that may be
	 * another function, as nothing returns from here. */
	ukarch_frame_next(own, &fp, &pc);
	uk_crash_screen(NULL, pc - 1, own, fp);
}

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	die(ukarch_frame_pointer(), what, fmt, ap);
}

static UK_NORETURN UK_PRINTF(2, 3) void die_asserting(uintptr_t own,
						      const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	die(own, UK_DEATH_ASSERT, fmt, ap);
}

void uk_assert_failed(const struct uk_assertion *what, uint64_t a, uint64_t b)
{
	char left[UK_POINTER_MAX], right[UK_POINTER_MAX];

	die_asserting(ukarch_frame_pointer(), "%s %s %s: %s %s %s (%s:%d)",
		      what->a, what->op, what->b, uk_value_str(a, left),
		      what->op, uk_value_str(b, right), what->file,
		      what->line);
}
