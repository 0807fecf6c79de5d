/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The crash screen, on traps that are made up, and uk_catch on real ones: a
 * signal's registers go the way that a platform's trap goes. Each crash runs
 * in a process of its own, as an image crashes once.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>
#include <cmocka.h>
#include <uk/arch/decode.h>
#include <uk/assert.h>
#include <uk/crash.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "host.h"
#include "screen.h"

static uintptr_t tlsp = 1;

uintptr_t ukarch_tlsp_get(void)
{
	return tlsp;
}

/* switch.S asks for these; nothing here switches contexts. */
uint32_t ukarch_fpu_mask, ukarch_fpu_opt;
void ukarch_tlsp_set(uintptr_t tp);
void ukarch_tlsp_set(uintptr_t tp)
{
	tlsp = tp;
}

/* ---- a crash in a process of its own ---- */

static struct outcome {
	int status;		/* of ukplat_exit, -1: came back */
	char screen[sizeof(console)];
	char epitaph[UK_EPITAPH_MAX];
} *out;

static void crash(void (*fn)(void))
{
	pid_t pid = fork();
	int ws, rc;

	if (pid == 0) {
		console_clear();
		rc = setjmp(host_exit);
		if (!rc)
			fn();
		out->status = rc - 1;
		memcpy(out->screen, console, sizeof(console));
		memcpy(out->epitaph, uk_epitaph, sizeof(uk_epitaph));
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &ws, 0), pid);
	assert_true(WIFEXITED(ws) && WEXITSTATUS(ws) == 0);
}

static int make_outcome(void **st)
{
	(void)st;
	out = mmap(NULL, sizeof(*out), PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return out == MAP_FAILED;
}

/* Every screen begins and ends the same way, and the reason is kept. */
static void assert_screen(const char *first)
{
	char want[256];
	size_t len = strlen(out->screen), end = strlen(UK_CRASH_LAST_LINE);

	assert_int_equal(out->status, UK_EXIT_CRASH);
	snprintf(want, sizeof(want), "\nCrash: %s\nat ", first);
	if (strncmp(out->screen, want, strlen(want)))
		fail_msg("screen:%s", out->screen);
	assert_true(len > end);
	assert_int_equal(strcmp(out->screen + len - end - 2,
				"\n" UK_CRASH_LAST_LINE "\n"), 0);
	assert_string_equal(out->epitaph, first);
}

#define SEES(text) assert_non_null(strstr(out->screen, text))
#define MISSES(text) assert_null(strstr(out->screen, text))

/* ---- what is said ---- */

static void die_assert(void)
{
	UK_ASSERT(1 + 1 == 2);
	UK_ASSERT(console[0] == 'x');
}

static void die_compare(void)
{
	int small = 3;

	UK_ASSERT_CMP(small, <=, 3);
	UK_ASSERT_CMP(small, >, 0x10);
}

static void die_heap(void)
{
	uk_crash(UK_DEATH_HEAP, "block %p freed twice",
		 (void *)(uk_image_start + 0x2345));
}

static void die_long(void)
{
	uk_crash(UK_DEATH_OTHER, "%0500d", 7);
}

static void die_unknown(void)
{
	uk_crash((enum uk_death)99, "x");
}

static void reasons(void **st)
{
	char first[UK_EPITAPH_MAX];

	(void)st;
	crash(die_assert);
	SEES("\nCrash: assertion: console[0] == 'x' (test_crash.c:");
	crash(die_compare);
	SEES("\nCrash: assertion: small > 0x10: 0x3 > 0x10 (test_crash.c:");
	crash(die_heap);
	assert_screen("heap: block image+0x2345 freed twice");
	crash(die_unknown);
	assert_screen("fatal: x");
	/* Last words are cut, never the screen's end. */
	crash(die_long);
	snprintf(first, sizeof(first), "fatal: %0184d", 0);
	assert_screen(first);
}

/* ---- traps ---- */

static struct ukarch_regs regs;
static uintptr_t fault_addr;

static void trap(void)
{
	ukarch_trap_set_handler(uk_trap_dispatch);
	ukarch_trap_deliver(&regs, fault_addr);
}

static void set_trap(uint64_t vector, uint64_t error, uintptr_t addr)
{
	memset(&regs, 0, sizeof(regs));
	regs.vector = vector;
	regs.error = error;
	regs.rip = (uintptr_t)uk_image_text_start + 0x123;
	fault_addr = addr;
}

/* A stack of one page at 0x10000000 with a guard below, data above a gap. */
static bool places(uintptr_t addr, const char **name, uintptr_t *start,
		   uintptr_t *end)
{
	*start = addr & -0x1000ul;
	*end = *start + 0x1000;
	*name = *start == 0x10000000 ? "stack:main" : "data";
	return *start == 0x10000000 || *start == 0x10003000;
}

static void page_faults(void **st)
{
	(void)st;
	uk_crash_set_place(places);
	set_trap(14, 2, 0x10000000 - 8);
	crash(trap);
	assert_screen("trap: #PF page fault: write, not mapped, "
		      "guard below stack:main");
	SEES("\nat image+0x123\n");
	set_trap(14, 0, 0x10001000);
	crash(trap);
	assert_screen("trap: #PF page fault: read, not mapped, "
		      "guard above stack:main");
	set_trap(14, 0x11, 0x10003004);
	crash(trap);
	assert_screen("trap: #PF page fault: execute, right missing, data");
	set_trap(14, 0, 8);
	crash(trap);
	assert_screen("trap: #PF page fault: read, not mapped, null page");
	set_trap(14, 3, 0x20000000);
	crash(trap);
	assert_screen("trap: #PF page fault: write, right missing, no range");
	uk_crash_set_place(NULL);
	set_trap(14, 3, 0x10000000);
	crash(trap);
	assert_screen("trap: #PF page fault: write, right missing, no range");
	set_trap(13, 0x18, 0);
	regs.rip = 0x7000;
	crash(trap);
	assert_screen("trap: #GP general protection, code 0x18");
	SEES("\nat 0x7000 (not in the image's text)\n");
}

static void compiler_checks(void **st)
{
	static const uint8_t overflow[] = { 0x67, 0x0f, 0xb9, 0x00 };
	static const uint8_t bounds[] = { 0x67, 0x0f, 0xb9, 0x40, 18 };
	static const uint8_t ud2[] = { 0x0f, 0x0b };
	static const uint8_t other[] = { 0x67, 0x0f, 0xb9, 0x41, 18 };
	uint8_t *pc = (uint8_t *)uk_image_text_start + 0x123;

	(void)st;
	set_trap(6, 0, 0);
	memcpy(pc, overflow, sizeof(overflow));
	crash(trap);
	assert_screen("bounds: integer overflow (check 0)");
	memcpy(pc, bounds, sizeof(bounds));
	crash(trap);
	assert_screen("bounds: index out of bounds (check 18)");
	memcpy(pc, other, sizeof(other));
	crash(trap);
	assert_screen("trap: #UD invalid opcode, code 0");
	memcpy(pc, ud2, sizeof(ud2));
	crash(trap);
#ifdef __clang__
	assert_screen("trap: #UD invalid opcode, code 0");
#else
	assert_screen("bounds: failed check of the compiler");
#endif
	/* The bytes are looked at inside the text only. */
	memcpy(uk_image_text_start + 8192 - 4, bounds, 4);
	regs.rip = (uintptr_t)uk_image_text_end - 4;
	crash(trap);
	assert_screen("trap: #UD invalid opcode, code 0");
	regs.rip = 0x1000;
	crash(trap);
	assert_screen("trap: #UD invalid opcode, code 0");
}

/* ---- registers and callers ---- */

static void registers(void **st)
{
	(void)st;
	uk_crash_set_place(places);
	set_trap(13, 0, 0);
	regs.rax = 0xffff;
	regs.rbx = (uintptr_t)uk_image_start + 0x42;
	regs.rcx = 0x10000010;
	regs.rdx = 0xdeadbeefcafef00d;
	regs.rsp = 0x7fff12345678;
	crash(trap);
	SEES("\n  rip image+0x123\n");
	SEES("\n  rax 0xffff\n");
	SEES("\n  rbx image+0x42\n");
	SEES("\n  rcx stack:main+0x10\n");
	SEES("\n  rdx ptr:");
	MISSES("deadbeef");
	MISSES("12345678");
}

static uintptr_t frames[64];

static bool frames_place(uintptr_t addr, const char **name, uintptr_t *start,
			 uintptr_t *end)
{
	*name = "stack";
	*start = (uintptr_t)frames;
	*end = (uintptr_t)(frames + 64);
	return addr >= *start && addr < *end;
}

/* A chain of frames at words 4, 8, 12, ...; the last one is linked to `to`. */
static void set_frames(unsigned int n, uintptr_t to)
{
	memset(frames, 0, sizeof(frames));
	for (unsigned int i = 0; i < n; i++) {
		frames[4 + 4 * i] = i + 1 < n ?
			(uintptr_t)&frames[8 + 4 * i] : to;
		frames[5 + 4 * i] = (uintptr_t)uk_image_text_start + 16 * i;
	}
	set_trap(13, 0, 0);
	regs.rsp = (uintptr_t)frames;
	regs.rbp = (uintptr_t)&frames[4];
	uk_crash_set_place(frames_place);
}

static void callers(void **st)
{
	(void)st;
	set_frames(3, 0);
	crash(trap);
	SEES("\nBacktrace:\n  #0 image+0x0\n  #1 image+0x10\n  #2 image+0x20\n"
	     UK_CRASH_LAST_LINE);
	/* Chains that an attacker wrote end where they leave the stack, go
	 * down, lie across a word, or return into what is no text. */
	set_frames(3, 0xdead0000);
	crash(trap);
	SEES("#2 image+0x20\n" UK_CRASH_LAST_LINE);
	set_frames(3, (uintptr_t)frames);
	crash(trap);
	SEES("#2 image+0x20\n" UK_CRASH_LAST_LINE);
	set_frames(3, (uintptr_t)(frames + 63));
	crash(trap);
	SEES("#2 image+0x20\n" UK_CRASH_LAST_LINE);
	set_frames(3, (uintptr_t)(frames + 40) + 4);
	crash(trap);
	SEES("#2 image+0x20\n" UK_CRASH_LAST_LINE);
	set_frames(3, (uintptr_t)(frames + 40));
	frames[41] = (uintptr_t)uk_image_text_end;
	crash(trap);
	SEES("#2 image+0x20\n" UK_CRASH_LAST_LINE);
	set_frames(3, 0);
	regs.rbp = 0;
	crash(trap);
	SEES("\nBacktrace:\n" UK_CRASH_LAST_LINE);
	/* A full stack: sp is in the guard. But not anywhere else. */
	set_frames(3, 0);
	regs.rsp = (uintptr_t)frames - 4096;
	crash(trap);
	SEES("#2 image+0x20\n" UK_CRASH_LAST_LINE);
	regs.rsp = (uintptr_t)frames - 4104;
	crash(trap);
	SEES("\nBacktrace:\n" UK_CRASH_LAST_LINE);
	regs.rsp = (uintptr_t)(frames + 64);
	crash(trap);
	SEES("\nBacktrace:\n" UK_CRASH_LAST_LINE);
	/* A caller that has no frame yet is on top. */
	set_frames(3, 0);
	frames[1] = (uintptr_t)uk_image_text_start + 0x77;
	regs.rsp = (uintptr_t)(frames + 1);
	crash(trap);
	SEES("\nBacktrace:\n  top image+0x77\n  #0 image+0x0\n");
	/* Nobody knows the stack: in the image sp's page is read. */
	set_frames(3, 0);
	uk_crash_set_place(NULL);
	crash(trap);
	SEES("\nBacktrace:\n" UK_CRASH_LAST_LINE);
	memcpy(uk_image_start + 0x2f00, frames, 8 * sizeof(*frames));
	regs.rsp = (uintptr_t)uk_image_start + 0x2000;
	regs.rbp = (uintptr_t)uk_image_start + 0x2f20;
	crash(trap);
	SEES("\nBacktrace:\n  #0 image+0x0\n" UK_CRASH_LAST_LINE);
	regs.rsp = (uintptr_t)uk_image_start + 0x1ff8;
	crash(trap);
	SEES("\nBacktrace:\n" UK_CRASH_LAST_LINE);
}

static bool place_crashes(uintptr_t addr, const char **name, uintptr_t *start,
			  uintptr_t *end)
{
	(void)addr;
	(void)name;
	(void)start;
	(void)end;
	uk_crash(UK_DEATH_OTHER, "inside");
}

static bool place_traps(uintptr_t addr, const char **name, uintptr_t *start,
			uintptr_t *end)
{
	(void)addr;
	(void)name;
	(void)start;
	(void)end;
	trap();
	return false;
}

static void crash_while_crashing(void **st)
{
	static const char end[] = "\nCrash while crashing\n"
				  UK_CRASH_LAST_LINE "\n";

	(void)st;
	set_trap(14, 0, 0x12345678);
	uk_crash_set_place(place_crashes);
	crash(trap);
	assert_string_equal(out->screen, end);
	assert_int_equal(out->status, UK_EXIT_CRASH);
	uk_crash_set_place(place_traps);
	crash(die_heap);
	SEES("\nCrash: heap: block image+0x2345 freed twice\nat ");
	SEES(end);
	assert_int_equal(out->status, UK_EXIT_CRASH);
}

/* ---- uk_catch ---- */

static UK_ALIGNED(16) char page[4096];

static void on_signal(int sig, siginfo_t *si, void *ctx)
{
	greg_t *g = ((ucontext_t *)ctx)->uc_mcontext.gregs;
	struct ukarch_regs r = {
		.rip = (uint64_t)g[REG_RIP], .rsp = (uint64_t)g[REG_RSP],
		.rbp = (uint64_t)g[REG_RBP],
		.vector = (uint64_t)g[REG_TRAPNO],
		.error = (uint64_t)g[REG_ERR],
	};

	(void)sig;
	ukarch_trap_deliver(&r, (uintptr_t)si->si_addr);
	g[REG_RIP] = (greg_t)r.rip;
	g[REG_RSP] = (greg_t)r.rsp;
}

static void take_signals(void)
{
	struct sigaction sa = {
		.sa_sigaction = on_signal,
		.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK,
	};
	static char stack[65536];
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };

	sigaltstack(&ss, NULL);
	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGILL, &sa, NULL);
	ukarch_trap_set_handler(uk_trap_dispatch);
}

static void no_harm(void *arg)
{
	*(int *)arg += 1;
}

static void write_null(void *arg)
{
	*(int *)arg += 1;
	__asm__ __volatile__("movb $1, (%0)" : : "r"(16ul) : "memory");
	*(int *)arg += 100;
}

static void bad_opcode(void *arg)
{
	(void)arg;
	__asm__ __volatile__("ud2");
}

static void crash_call(void *arg)
{
	(void)arg;
	uk_crash(UK_DEATH_STACK_SMASH, "x");
}

/* The stack pointer itself is bad, as when a stack is full. */
static void no_stack(void *arg)
{
	(void)arg;
	__asm__ __volatile__("movq %0, %%rsp; push %%rax" : : "r"(4096ul));
	__builtin_unreachable();
}

static void catch_all(void)
{
	struct uk_catch_info i;
	volatile int round;
	int n = 0;

	take_signals();
	uk_catch_arm(page, sizeof(page));
	for (round = 0; round < 3; round++) {
		UK_ASSERT_CMP(uk_catch(no_harm, &n, &i), ==, UK_DEATH_NONE);
		UK_ASSERT_CMP(i.what, ==, UK_DEATH_NONE);
		UK_ASSERT_CMP(uk_catch(write_null, &n, &i), ==, UK_DEATH_TRAP);
		UK_ASSERT_CMP(i.what, ==, UK_DEATH_TRAP);
		UK_ASSERT_CMP(i.kind, ==, UKARCH_TRAP_PAGE_FAULT);
		UK_ASSERT_CMP(i.access, ==, UKARCH_ACCESS_WRITE);
		UK_ASSERT_CMP(i.addr, ==, 16);
		UK_ASSERT_CMP(uk_catch(bad_opcode, NULL, &i), ==,
			      UK_DEATH_TRAP);
		UK_ASSERT_CMP(i.kind, ==, UKARCH_TRAP_ILLEGAL);
		UK_ASSERT_CMP(i.addr, ==, 0);
		UK_ASSERT_CMP(uk_catch(crash_call, NULL, NULL), ==,
			      UK_DEATH_STACK_SMASH);
		UK_ASSERT_CMP(uk_catch(no_stack, NULL, &i), ==, UK_DEATH_TRAP);
		UK_ASSERT_CMP(n, ==, 2 * (round + 1));
		UK_ASSERT(host_irq);
	}
	uk_print_raw("all caught");
}

static void catch_unarmed(void)
{
	uk_catch(no_harm, NULL, NULL);
}

static void catch_disarmed(void)
{
	uk_catch_arm(page, sizeof(page));
	uk_catch_disarm();
	uk_catch(no_harm, NULL, NULL);
}

static void nested(void *arg)
{
	uk_catch(no_harm, arg, NULL);
}

static void catch_nested(void)
{
	int n = 0;

	uk_catch_arm(page, sizeof(page));
	UK_ASSERT_CMP(uk_catch(nested, &n, NULL), ==, UK_DEATH_OTHER);
	UK_ASSERT_CMP(n, ==, 0);
	uk_print_raw("refused");
}

static void disarm_inside(void *arg)
{
	(void)arg;
	uk_catch_disarm();
	uk_crash(UK_DEATH_HEAP, "late");
}

static void catch_late(void)
{
	uk_catch_arm(page, sizeof(page));
	uk_catch(disarm_inside, NULL, NULL);
}

static void other_thread(void *arg)
{
	(void)arg;
	tlsp = 2;
	uk_crash(UK_DEATH_HEAP, "elsewhere");
}

static void catch_other(void)
{
	uk_catch_arm(page, sizeof(page));
	uk_catch(other_thread, NULL, NULL);
}

static void deaths_are_caught(void **st)
{
	(void)st;
	uk_crash_set_place(NULL);
	crash(catch_all);
	assert_string_equal(out->screen, "all caught");
	assert_int_equal(out->status, -1);
	assert_string_equal(out->epitaph, "");
	crash(catch_nested);
	assert_string_equal(out->screen, "refused");
}

static void deaths_are_final(void **st)
{
	(void)st;
	crash(catch_unarmed);
	assert_screen("fatal: uk_catch before it is armed");
	crash(catch_disarmed);
	assert_screen("fatal: uk_catch after the boot");
	crash(catch_late);
	assert_screen("heap: late");
	crash(catch_other);
	assert_screen("heap: elsewhere");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons),
		cmocka_unit_test(page_faults),
		cmocka_unit_test(compiler_checks),
		cmocka_unit_test(registers),
		cmocka_unit_test(callers),
		cmocka_unit_test(crash_while_crashing),
		cmocka_unit_test(deaths_are_caught),
		cmocka_unit_test(deaths_are_final),
	};

	return cmocka_run_group_tests(tests, make_outcome, NULL);
}
