/* SPDX-License-Identifier: BSD-3-Clause */
/* The ways to die that are no mitigation's business, and what is said. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/assert.h>
#include <uk/crash.h>
#include <uk/list.h>
#include <uk/print.h>

int main(int argc, char **argv);

static volatile uintptr_t nowhere = 0x7fffdead0000;

static __attribute__((noinline)) void smash(void)
{
	char buf[16];
	volatile char *p = buf;

	__asm__ __volatile__("" : "+r"(p));
	for (int i = 0; i < 40; i++)
		*p++ = 'A';
}

/* The CPU's words: three registers with what is in %0 to %2, one each with the
 * upper bits of %1, and 0x7ff; an instruction that is none; a call that no
 * compiler checks; a frame pointer that leads nowhere. */
#ifdef __aarch64__
#define FILL_AND_TRAP							\
	"mov x19, %0; mov x20, %1; lsr x20, x20, #12;"			\
	"mov x21, %2; lsr x22, %1, #32; mov x23, #0x7ff; udf #0"
#define FILLED "x19", "x20", "x21", "x22", "x23"
#define NO_OPCODE "udf #0"
#define CALL "blr %0"
#define LOSE_FRAME "mov x29, %0; udf #0"
#else
#define FILL_AND_TRAP							\
	"movq %0, %%rbx; movq %1, %%r12; shrq $12, %%r12;"		\
	"movq %2, %%r13; movq %1, %%r14; shrq $32, %%r14;"		\
	"movq $0x7ff, %%r15; ud2"
#define FILLED "rbx", "r12", "r13", "r14", "r15"
#define NO_OPCODE ".byte 0x0f, 0x0b"
#define CALL "call *%0"
#define LOSE_FRAME "movq %0, %%rbp; ud2"
#endif

/* An address of each kind, and what shifting makes of one. */
static void registers(void)
{
	uintptr_t in_heap = (uintptr_t)malloc(1);
	uintptr_t on_stack = (uintptr_t)&in_heap;

	__asm__ __volatile__(FILL_AND_TRAP
			     : : "r"((uintptr_t)main), "r"(in_heap),
			     "r"(on_stack) : FILLED);
}

static __attribute__((noinline)) int die(const char *how)
{
	if (!strcmp(how, "assert")) {
		unsigned int got = 7;

		UK_ASSERT_CMP(got, ==, 0x2a);
	} else if (!strcmp(how, "call")) {
		uk_crash(UK_DEATH_HEAP, "block %p", (void *)die);
	} else if (!strcmp(how, "assert-pointer")) {
		const char *here = malloc(1);

		UK_ASSERT_CMP(here, ==, NULL);
	} else if (!strcmp(how, "registers")) {
		registers();
	} else if (!strcmp(how, "hexdump")) {
		const uintptr_t words[] = { (uintptr_t)die, 7 };

		uk_hexdump(words, sizeof(words));
	} else if (!strcmp(how, "smash")) {
		smash();
	} else if (!strcmp(how, "double-free")) {
		void *volatile p = malloc(100);

		free(p);
		free(p);
	} else if (!strcmp(how, "deep")) {
		return die(how) + 1;
	} else if (!strcmp(how, "opcode")) {
		__asm__ __volatile__(NO_OPCODE);
	} else if (!strcmp(how, "read")) {
		return *(volatile int *)nowhere;
	} else if (!strcmp(how, "jump")) {
		__asm__ __volatile__(CALL : : "r"(nowhere) : "memory");
	} else if (!strcmp(how, "list")) {
		struct uk_link a = UK_LIST_HEAD(a), b = UK_LIST_HEAD(b);

		a.prev = &b;
		uk_list_add(&a, &b);
	} else if (!strcmp(how, "catch")) {
		uk_catch((void (*)(void *))puts, "caught", NULL);
	} else if (!strcmp(how, "fp")) {
		__asm__ __volatile__(LOSE_FRAME : : "r"(nowhere));
	}
	return 0;
}

int main(int argc, char **argv)
{
	/* No address, not even of what is on the stack or in the heap. */
	uk_print_raw("here: %p %p %p\n", (void *)main, (void *)argv,
		     (void *)&argc);
	return argc > 1 ? die(argv[1]) + 1 : 0;
}
