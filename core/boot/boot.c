/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The order of a boot. The platform has a console and has checked the boot
 * information; interrupts are off, the stack is the platform's.
 *
 *  1 a thread pointer with a random canary, so that protected code can run
 *  2 uk_mem_init: final address space, each range with its own rights
 *  3 the main stack, guarded, begun at a random place of its last page; from
 *    here on nothing returns to the platform
 *  4 thread-local data of this context, with a canary of its own
 *  5 crash screen learns what lies where; self-tests may catch deaths
 *  6 the command line: checked whole, then the libraries' parameters are set
 *    (refused: exit status 64), or listed (uk.help: exit status 0)
 *  7 banner
 *  8 ukplat_init: interrupt controller, clock, timer, interrupts on
 *  9 init functions of all libraries, by class and priority: early, alloc,
 *    sched, bus, dev, net, fs, lib, late (an error: exit status 71)
 * 10 constructors
 * 11 what is read-only after init becomes read-only; rights of the image can
 *    only shrink from now on
 * 12 self-tests (a broken promise: exit status 72), which therefore see the
 *    image as main will
 * 13 no death is caught any more, for good
 * 14 main; when it returns, or calls exit: destructors, and the end
 *
 * Everything in this file is on the call stack while the canary changes (1, 4,
 * and again in 9), and is built without stack protector: see Makefile.uk.
 */
#include <uk/arch/context.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/shadow.h>
#include <uk/stack.h>
#include <uk/vm.h>
#include "boot.h"

int main(int argc, char **argv);

int (*uk_boot_selftest)(void) UK_RO_AFTER_INIT_ZERO;
static const struct uk_bootinfo *info UK_RO_AFTER_INIT_ZERO;

const struct uk_bootinfo *uk_boot_info(void)
{
	return info;
}

#ifdef __clang__
#define COMPILER "clang " UK_STRINGIFY(__clang_major__)
#else
#define COMPILER "gcc " UK_STRINGIFY(__GNUC__)
#endif
#ifndef CONFIG_UK_TAINT
#define CONFIG_UK_TAINT ""
#endif
#define BANNER "Redoubt " CONFIG_UK_FULLVERSION ": " CONFIG_UK_NAME	\
	", profile " CONFIG_HARDENING_PROFILE ", " COMPILER

/* Put together by the compiler: formatting would cost more than the rest of
 * this file. */
static void banner(void)
{
#ifdef CONFIG_LIBUKBOOT_BANNER
	static const char clean[] = BANNER "\n";
	static const char weak[] = BANNER ", WEAKENED by " CONFIG_UK_TAINT "\n";

	if (sizeof(CONFIG_UK_TAINT) == 1)
		ukplat_console_write(clean, sizeof(clean) - 1);
	else
		ukplat_console_write(weak, sizeof(weak) - 1);
#endif
}

static void run_init(void)
{
	const struct uk_init_entry *e;

	for (e = uk_inittab_start; e < uk_inittab_end; e++) {
		int rc = e->fn();

		if (!rc)
			continue;
		uk_print_raw("Boot: library %s cannot start: error %d\n",
			     e->lib, rc);
		ukplat_exit(UK_EXIT_BOOT);
	}
}

static void run_constructors(void)
{
	const uk_ctor_fn *f;

	for (f = uk_ctortab_start; f < uk_ctortab_end; f++)
		(*f)();
}

#ifdef CONFIG_LIBUKDEBUG_CATCH

static void *catch_page;

static void catch_arm(void)
{
	catch_page = uk_vm_alloc("catch", UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W, 0);
	if (!catch_page)
		ukplat_boot_refuse("no memory for the self-tests: give the "
				   "machine more", UK_PAGE_SIZE);
	uk_catch_arm(catch_page, UK_PAGE_SIZE);
}

static void catch_disarm(void)
{
	uk_catch_disarm();
	if (uk_vm_protect(catch_page, UK_PAGE_SIZE, UK_MEM_R) ||
	    uk_vm_seal(catch_page))
		uk_crash(UK_DEATH_OTHER, "self-tests cannot be locked out");
}

#else

static void catch_arm(void)
{
}

static void catch_disarm(void)
{
}

#endif

static void prove(void)
{
	uk_mem_seal_image();
	if (uk_boot_selftest && uk_boot_selftest())
		ukplat_exit(UK_EXIT_SELFTEST);
	catch_disarm();
}

/* Steps 4 to 14, on the main stack. The words of the command line stay in
 * this frame, which is never left. */
static void boot_main(void *arg)
{
	struct uk_bootinfo *bi = arg;
	size_t max = UK_MIN(bi->cmdline_len / 2 + 1,
			    (size_t)CONFIG_LIBUKBOOT_MAX_ARGS);
	char text[bi->cmdline_len + 1];
	char *words[max + 2];
	struct boot_args args = { text, words, max };
	char **argv;
	int argc;

	boot_tls_init();
	boot_place_init();
	catch_arm();
	argc = boot_args(bi, &args, &argv);
	boot_help();
	banner();
	if (ukplat_init(bi))
		ukplat_boot_refuse("the platform's devices do not start", 0);
	run_init();
	memset(bi->seed, 0, sizeof(bi->seed));	/* used, or never will be */
	run_constructors();
	info = NULL;	/* not valid in main */
	prove();
	uk_boot_exit(main(argc, argv));
}

void uk_boot_entry(struct uk_bootinfo *bi)
{
	const size_t size = CONFIG_LIBUKBOOT_STACK_KIB * 1024ul;
	void *top, *stack;
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	uintptr_t distance;
#endif

	boot_tls_early();
	if (bi->cmdline_len > UK_BOOTINFO_MAX_CMDLINE)
		ukplat_boot_refuse("the boot command line is longer than its "
				   "buffer: shorten it", bi->cmdline_len);
	info = bi;
	uk_mem_init(bi);
	stack = uk_stack_alloc("stack:main", size, &top);
	if (!stack)
		ukplat_boot_refuse("no memory for the main stack: give the "
				   "machine more", size);
	top = (char *)top - uk_stack_offset();
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	distance = uk_shadow_distance();
	/* No function begins or returns from here on. */
	uk_shadow_offset = distance;
	ukarch_shadow_set((char *)stack + distance);
#endif
	ukarch_stack_jump(top, boot_main, bi);
}

void uk_boot_exit(int status)
{
	static bool leaving;
	const uk_ctor_fn *f;

	/* A destructor that exits does not start them all over. */
	if (!leaving) {
		leaving = true;
		for (f = uk_dtortab_end; f > uk_dtortab_start; f--)
			f[-1]();
	}
	ukplat_exit(status);
}
