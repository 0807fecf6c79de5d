/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A function without buffers calls into a library without canaries (a weaker
 * profile, assembly). What overflows there runs over the caller's frame, up to
 * its return address.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <uk/essentials.h>

__attribute__((force_align_arg_pointer)) static void stolen(void)
{
	printf("SURVIVED: a return went to the attacker's code\n");
	exit(0);
}

/* The library: writes over all of its caller's frame. */
static UK_NO_STACK_PROTECTOR UK_NOINLINE void careless(void)
{
	uintptr_t *own = __builtin_frame_address(0);
	uintptr_t *caller_return = (uintptr_t *)own[0] + 1;

	for (volatile uintptr_t *p = own + 2; p <= caller_return; p++)
		*p = (uintptr_t)stolen;
}

/* Nothing here that 'strong' would protect. */
static UK_NOINLINE void caller(void)
{
	careless();
	__asm__ __volatile__("");
}

int main(void)
{
	caller();
	return 2;
}
