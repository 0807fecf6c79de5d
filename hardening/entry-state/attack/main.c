/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code that traps has left something in the CPU. The handler is a trusted part
 * of the image that writes a log, and relies on what every C function may rely
 * on. The act is the first argument.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uk/crash.h>

#define OURS 0x5a5a5a5a5a5aul
#define AC "0x40000"

/* What is logged, and what the attacker has put in front of it. */
static struct {
	char forged[256], message[256];
} sent;
static struct {
	char before[256], text[256];
} log;

static volatile size_t length = 128;
static bool ours;	/* the trap is one of this file */
static bool carried;

static void log_message(void)
{
	memcpy(log.text, sent.message, length);
	carried = log.before[sizeof(log.before) - 1] == 'F';
}

/* Of the registers that functions keep, one at least is as it was. */
static void look_at_registers(void)
{
	uint64_t r[5];

	__asm__ __volatile__("movq %%rbx, %0; movq %%r12, %1; movq %%r13, %2;"
			     "movq %%r14, %3; movq %%r15, %4"
			     : "=m"(r[0]), "=m"(r[1]), "=m"(r[2]), "=m"(r[3]),
			       "=m"(r[4]));
	for (int i = 0; i < 5; i++)
		carried |= r[i] == OURS;
}

static void look_at_flag(void)
{
	uint64_t flags;

	__asm__ __volatile__("pushfq; popq %0" : "=r"(flags));
	carried = flags & UKARCH_RFLAGS_AC;
}

/* Two thirds, down or to the nearest: the last bit tells. */
static void divide(void)
{
	static volatile float two = 2, three = 3;
	volatile float q = two / three;

	carried = q != 2.0f / 3.0f;
}

static __attribute__((noinline)) void set_df(void)
{
	__asm__ __volatile__("std; int3; cld" : : : "memory");
}

static __attribute__((noinline)) void set_registers(void)
{
	uint64_t v = OURS;

	__asm__ __volatile__("movq %0, %%rbx; movq %0, %%r12; movq %0, %%r13;"
			     "movq %0, %%r14; movq %0, %%r15; int3"
			     : : "r"(v)
			     : "rbx", "r12", "r13", "r14", "r15", "memory");
}

static __attribute__((noinline)) void set_ac(void)
{
	__asm__ __volatile__("pushfq; orq $" AC ", (%%rsp); popfq; int3;"
			     "pushfq; andq $~" AC ", (%%rsp); popfq"
			     : : : "memory");
}

/* Downwards, which is not the default. */
static __attribute__((noinline)) void set_rounding(void)
{
	static const unsigned int down = 0x3f80, nearest = 0x1f80;

	__asm__ __volatile__("ldmxcsr %0; int3; ldmxcsr %1"
			     : : "m"(down), "m"(nearest)
			     : "xmm0", "xmm1", "memory");
}

static const struct {
	const char *name, *stopped;
	void (*leave)(void), (*handle)(void);
} acts[] = {
	{ "copy-backwards", "the copy went where it should", set_df,
	  log_message },
	{ "keep-registers", "no register of ours is in the handler",
	  set_registers, look_at_registers },
	{ "keep-alignment-flag", "the flag is down in the handler", set_ac,
	  look_at_flag },
	{ "keep-rounding", "the handler rounds as ever", set_rounding, divide },
};
static size_t act;

static void handler(struct ukarch_trap *t)
{
	if (!ours || t->kind != UKARCH_TRAP_BREAKPOINT)
		uk_trap_dispatch(t);
	else
		acts[act].handle();
}

/* Before the boot seals it. */
static __attribute__((constructor)) void install(void)
{
	ukarch_trap_set_handler(handler);
}

int main(int argc, char **argv)
{
	const size_t n = sizeof(acts) / sizeof(acts[0]);

	while (act < n && (argc < 2 || strcmp(argv[1], acts[act].name)))
		act++;
	if (act == n)
		return 2;
	memset(sent.forged, 'F', sizeof(sent.forged));
	memset(sent.message, 'm', sizeof(sent.message));
	ours = true;
	acts[act].leave();
	ours = false;
	if (!carried) {
		printf("STOPPED: %s\n", acts[act].stopped);
		return 1;
	}
	printf("SURVIVED: %s\n", argv[1]);
	return 0;
}
