/* SPDX-License-Identifier: BSD-3-Clause */
/* The ways to die that are no mitigation's business, and what is said. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uk/assert.h>
#include <uk/crash.h>
#include <uk/list.h>
#include <uk/print.h>

static volatile uintptr_t nowhere = 0x7fffdead0000;

static __attribute__((noinline)) int die(const char *how)
{
	if (!strcmp(how, "assert")) {
		unsigned int got = 7;

		UK_ASSERT_CMP(got, ==, 0x2a);
	} else if (!strcmp(how, "call")) {
		uk_crash(UK_DEATH_HEAP, "block %p", (void *)die);
	} else if (!strcmp(how, "opcode")) {
		__asm__ __volatile__(".byte 0x0f, 0x0b");
	} else if (!strcmp(how, "read")) {
		return *(volatile int *)nowhere;
	} else if (!strcmp(how, "jump")) {
		((void (*)(void))nowhere)();
	} else if (!strcmp(how, "list")) {
		struct uk_link a = UK_LIST_HEAD(a), b = UK_LIST_HEAD(b);

		a.prev = &b;
		uk_list_add(&a, &b);
	} else if (!strcmp(how, "catch")) {
		uk_catch((void (*)(void *))puts, "caught", NULL);
	} else if (!strcmp(how, "fp")) {
		/* A chain of frames that leads nowhere. */
		__asm__ __volatile__("movq %0, %%rbp; ud2" : : "r"(nowhere));
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
