/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where an address lies, in the words of core/mem; this library knows of it
 * only the function that core/boot hands over.
 */
#include <uk/crash.h>
#include <uk/fmt.h>
#include <uk/plat.h>
#include "screen.h"

static uk_crash_place_fn place UK_RO_AFTER_INIT_ZERO;

void uk_crash_set_place(uk_crash_place_fn fn)
{
	place = fn;
}

bool uk_crash_place(uintptr_t addr, const char **name, uintptr_t *start,
		    uintptr_t *end)
{
	return place && place(addr, name, start, end);
}

const char *uk_crash_place_str(uintptr_t addr, char buf[UK_PLACE_MAX])
{
	const char *fmt = "%s";
	const char *name;
	uintptr_t start, end;

	if (addr < UK_PAGE_SIZE)
		name = "null page";
	else if (uk_crash_place(addr, &name, &start, &end))
		;
	else if (uk_crash_place(addr + UK_PAGE_SIZE, &name, &start, &end))
		fmt = "guard below %s";
	else if (uk_crash_place(addr - UK_PAGE_SIZE, &name, &start, &end))
		fmt = "guard above %s";
	else
		name = "no range";
	uk_snprintf(buf, UK_PLACE_MAX, fmt, name);
	return buf;
}
