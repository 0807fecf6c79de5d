/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A pointer that was overwritten leads into the middle of a function, or to
 * bytes in the text that are no code of the compiler's.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>

static const char *act;

UK_USED UK_NORETURN void disclose(void);
void disclose(void)
{
	printf("SURVIVED: %s\n", act);
	exit(0);
}

/* A function, and what an attacker would like of it, two words on. */
void gadget(void);
__asm__(".section .text.gadget, \"ax\"\n"
	".type gadget, @function\n"
	"gadget: hint #34\n"
	"	nop\n"
	"	b disclose\n"
	".size gadget, . - gadget\n"
	".text\n");

static void (*volatile pointer)(void) = gadget;

/* As compilers write it for a pointer that they know nothing of. */
static UK_NOINLINE void go(uintptr_t at)
{
	__asm__ __volatile__("blr %0" : : "r"(at) : "memory", "x30");
}

static UK_NOINLINE void jump(uintptr_t at)
{
	__asm__ __volatile__("br %0" : : "r"(at) : "memory");
}

int main(int argc, char **argv)
{
	uintptr_t at = (uintptr_t)pointer;

	act = argc > 1 ? argv[1] : "call-middle";
	if (!strcmp(act, "call-middle"))
		go(at + 8);
	else if (!strcmp(act, "jump-to-function"))
		jump(at);
	return 2;
}
