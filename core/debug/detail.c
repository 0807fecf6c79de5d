/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Registers and callers on the crash screen. Addresses appear as offsets into
 * the image or into a named range.
 */
#include <uk/arch/cpu.h>
#include <uk/config.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "screen.h"

#define MAX_FRAMES 32

static bool in_image(uintptr_t addr)
{
	return addr >= (uintptr_t)uk_image_start &&
	       addr < (uintptr_t)uk_image_end;
}

#ifdef CONFIG_LIBUKDEBUG_RAW_POINTERS
static const bool raw = true;
#else
static const bool raw = false;
#endif

static void print_value(const char *name, uint64_t v)
{
	char buf[UK_POINTER_MAX];
	const char *range;
	uintptr_t start, end;

	if (!in_image(v) && !raw &&
	    uk_crash_place(v, &range, &start, &end))
		uk_print_raw("  %s %s+0x%lx\n", name, range,
			     (unsigned long)(v - start));
	else
		uk_print_raw("  %s %s\n", name, uk_pointer_str(v, buf));
}

static void print_regs(const struct ukarch_regs *regs)
{
	unsigned int i;
	const char *name;
	uint64_t v;

	uk_print_raw("Registers:\n");
	for (i = 0; (name = ukarch_regs_name(regs, i, &v)); i++)
		print_value(name, v);
}

/*
 * Frames are read only where the stack that sp points into is known to be
 * mapped: in the range that holds fp, if that holds sp as well or has it in
 * the guard below; before anybody knows ranges, in sp's page of the image.
 */
static bool stack_limits(uintptr_t sp, uintptr_t fp, uintptr_t *lo,
			 uintptr_t *hi)
{
	const char *name;

	if (uk_crash_place(fp, &name, lo, hi))
		return sp >= *lo - UK_PAGE_SIZE && sp < *hi;
	*lo = sp;
	*hi = UK_ALIGN_DOWN(sp, UK_PAGE_SIZE) + UK_PAGE_SIZE;
	return in_image(sp);
}

static bool readable(uintptr_t p, uintptr_t lo, uintptr_t hi, size_t len)
{
	return p >= lo && p <= hi - len && UK_IS_ALIGNED(p, sizeof(p));
}

/* The callers up the chain of frame pointers. */
static void backtrace(uintptr_t sp, uintptr_t fp)
{
	uintptr_t lo, hi, next, ret;
	char buf[UK_POINTER_MAX];
	bool more = stack_limits(sp, fp, &lo, &hi);
	unsigned int i;

	/*
	 * A call into nowhere, or a fault before a function has set up its
	 * frame: who called is missing in the chain, but still on top.
	 */
	if (more && readable(sp, lo, hi, sizeof(sp))) {
		ret = *(const uintptr_t *)sp;
		if (uk_crash_in_text(ret))
			uk_print_raw("  top %s\n", uk_pointer_str(ret, buf));
	}
	for (i = 0; more && i < MAX_FRAMES; i++) {
		if (!readable(fp, lo, hi, 2 * sizeof(fp)))
			break;
		more = ukarch_frame_next(fp, &next, &ret);
		if (!uk_crash_in_text(ret))
			break;
		uk_print_raw("  #%u %s\n", i, uk_pointer_str(ret, buf));
		fp = next;
	}
}

void uk_crash_detail(const struct ukarch_regs *regs, uintptr_t sp, uintptr_t fp)
{
	if (regs)
		print_regs(regs);
	uk_print_raw("Backtrace:\n");
	backtrace(sp, fp);
}
