/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/essentials.h>
#include <uk/probe.h>

static void do_read(void *at)
{
	*(volatile unsigned char *)at;
}

static void do_write(void *at)
{
	volatile unsigned char *p = at;

	*p = *p;
}

/* A store alone: for addresses that cannot be read either. */
static void do_blind_write(void *at)
{
	*(volatile unsigned char *)at = 0;
}

/* What is there is no function. */
static UK_NO_KCFI void do_exec(void *at)
{
	((void (*)(void))at)();
}

static bool faults(void (*fn)(void *), uintptr_t addr, unsigned int access)
{
	struct uk_catch_info info;

	return uk_catch(fn, (void *)addr, &info) == UK_DEATH_TRAP &&
	       info.kind == UKARCH_TRAP_PAGE_FAULT && info.addr == addr &&
	       (info.access & access);
}

bool uk_probe_faults(uintptr_t addr, unsigned int access)
{
	if (access == UKARCH_ACCESS_EXEC)
		return faults(do_exec, addr, access);
	if (access == UKARCH_ACCESS_READ)
		return faults(do_read, addr, access);
	return faults(do_write, addr, access) ||
	       (faults(do_read, addr, UKARCH_ACCESS_READ) &&
		faults(do_blind_write, addr, access));
}

bool uk_probe_writable(uintptr_t addr)
{
	struct uk_catch_info info;

	return uk_catch(do_write, (void *)addr, &info) == UK_DEATH_NONE;
}
