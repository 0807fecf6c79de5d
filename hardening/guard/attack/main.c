/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A recursion that never ends, on a stack that has other memory somewhere
 * below it, and writes that begin right below or above a stack. Without a guard
 * they go there. The act is the first argument.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/arch/context.h>
#include <uk/essentials.h>
#include <uk/vm.h>

#define STACK (16 * 1024)
#define TRIES 16

static uintptr_t enough;	/* this far below the stack */

static __attribute__((noinline)) int recurse(int depth)
{
	volatile char frame[128];

	frame[0] = depth;
	if ((uintptr_t)frame < enough)
		return 0;
	return recurse(depth + 1) + frame[0];
}

static void overflow(void *arg UK_UNUSED)
{
	recurse(1);
	printf("SURVIVED: a stack grew into the memory below it\n");
	exit(0);
}

/* A stack that has memory right below it, if such a thing can be had. */
static void *take_stack(void **top)
{
	void *stack = NULL;

	for (int i = 0; i < TRIES; i++) {
		struct uk_vm_range below;

		uk_vm_alloc("victim", UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W, 0);
		stack = uk_stack_alloc("stack:attack", STACK, top);
		if (!stack)
			return NULL;
		if (!uk_vm_find((uintptr_t)stack - 1, &below))
			return stack;
	}
	return stack;
}

/* One step too far, to whatever is there. */
static int write_beside(volatile char *at)
{
	*at = 1;
	printf("SURVIVED: memory beside a stack was written\n");
	return 0;
}

int main(int argc, char **argv)
{
	void *top, *stack = take_stack(&top);

	/* And above, where memory goes next. */
	uk_vm_alloc("victim", UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W, 0);

	if (!stack) {
		printf("no memory for a stack\n");
		return 2;
	}
	if (argc > 1 && !strcmp(argv[1], "write-below-stack"))
		return write_beside((char *)stack - 1);
	if (argc > 1 && !strcmp(argv[1], "write-above-stack"))
		return write_beside((char *)top);
	enough = (uintptr_t)stack - 512;
	ukarch_stack_jump(top, overflow, NULL);
}
