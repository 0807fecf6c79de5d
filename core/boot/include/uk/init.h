/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Registration: how a library is called at boot without anyone naming it.
 * The linker gathers the entries (read-only memory), sorted by class and
 * priority; core/boot walks them. A function returns 0 or a negative errno,
 * and an error stops the boot with the function's library and the errno.
 *
 * Classes in order; within one by priority 0 (first) to 9, then link order:
 *   early  memory and console are there, no heap, no threads
 *   alloc  allocators register; the heap exists afterwards
 *   sched  the scheduler adopts the running context
 *   bus, dev, net, fs   drivers and what stands on them
 *   lib    everything else
 *   late   last of all; self-tests run after it, then main
 */
#pragma once

#include <uk/bootinfo.h>
#include <uk/essentials.h>

typedef int (*uk_init_fn)(void);
typedef void (*uk_ctor_fn)(void);

struct uk_init_entry {
	uk_init_fn fn;
	const char *lib;
};

#define UK_INIT_ENTRY(cls, prio, func)					\
	static const struct uk_init_entry				\
	UK_CONCAT(uk_init_##func##_, __LINE__) UK_USED			\
	UK_SECTION(".uk_inittab." cls "." UK_STRINGIFY(prio)) =		\
		{ func, __LIBNAME__ }

#define uk_early_initcall(fn) UK_INIT_ENTRY("0early", 5, fn)
#define uk_alloc_initcall(fn) UK_INIT_ENTRY("1alloc", 5, fn)
#define uk_sched_initcall(fn) UK_INIT_ENTRY("2sched", 5, fn)
#define uk_bus_initcall(fn) UK_INIT_ENTRY("3bus", 5, fn)
#define uk_dev_initcall(fn) UK_INIT_ENTRY("4dev", 5, fn)
#define uk_net_initcall(fn) UK_INIT_ENTRY("5net", 5, fn)
#define uk_fs_initcall(fn) UK_INIT_ENTRY("6fs", 5, fn)
#define uk_lib_initcall(fn) UK_INIT_ENTRY("7lib", 5, fn)
#define uk_late_initcall(fn) UK_INIT_ENTRY("8late", 5, fn)
#define uk_late_initcall_prio(fn, prio) UK_INIT_ENTRY("8late", prio, fn)
#define uk_lib_initcall_prio(fn, prio) UK_INIT_ENTRY("7lib", prio, fn)
#define uk_early_initcall_prio(fn, prio) UK_INIT_ENTRY("0early", prio, fn)

extern const struct uk_init_entry uk_inittab_start[], uk_inittab_end[];
extern const uk_ctor_fn uk_ctortab_start[], uk_ctortab_end[]; /* .init_array */
extern const uk_ctor_fn uk_dtortab_start[], uk_dtortab_end[]; /* .fini_array */

/*
 * Self-tests of mitigations: run after the last init class, before main, by
 * whoever set this hook (hardening/selftest; NULL = none). Non-zero stops
 * the image with UK_EXIT_SELFTEST.
 */
extern int (*uk_boot_selftest)(void);

/* What the platform told about the machine; for init functions. NULL once the
 * constructors have run. */
const struct uk_bootinfo *uk_boot_info(void);

/* Run destructors and stop: what exit(3) and the return of main call. */
UK_NORETURN void uk_boot_exit(int status);
