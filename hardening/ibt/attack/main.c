/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No emulator has indirect-branch tracking, so this attack acts the CPU: it
 * takes a pointer and, if the image is one whose functions are marked, goes
 * there only if it finds a landing. The act is the first argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>

static int honest(int x)
{
	return x + 1;
}

static int (*volatile pointer)(int) = honest;
static const char *act;

/* Reached from behind its beginning. */
UK_USED UK_NORETURN void disclose(void);
void disclose(void)
{
	printf("SURVIVED: %s\n", act);
	exit(0);
}

__attribute__((naked)) static void gadget(void)
{
	__asm__ __volatile__("nop; nop; nop; nop; jmp disclose");
}

/* Bytes in the text that are no code. */
void constants(void);
__asm__(".section .text.constants, \"ax\"\n"
	".type constants, @function\n"
	"constants: .byte 0xc3\n"
	"	jmp disclose\n"
	".size constants, . - constants\n"
	".text\n");

static int is_landing(uintptr_t at)
{
	volatile uint32_t mask = 0x05e1f00c;

	return (*(volatile uint32_t *)at ^ mask) == 0xffffffff;
}

static void cpu_calls(uintptr_t at)
{
	if (is_landing((uintptr_t)pointer) && !is_landing(at))
		__asm__ __volatile__("int3");
	((void (*)(void))at)();
}

int main(int argc, char **argv)
{
	uintptr_t middle = (uintptr_t)gadget;

	act = argc > 1 ? argv[1] : "call-middle";
	cpu_calls((uintptr_t)pointer);
	if (!strcmp(act, "call-middle"))
		cpu_calls(is_landing(middle) ? middle + 5 : middle + 1);
	else if (!strcmp(act, "call-data"))
		cpu_calls((uintptr_t)constants + 1);
	return 2;
}
