/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A write that does not run over the canary but jumps: an index, or a pointer
 * that the attacker has. What it hits is a return address. Who includes this
 * has land(), where the changed return goes and which calls disclose(), and
 * TOUCHED(): the return address is on the stack, and was changed there.
 */
#include <string.h>

static UK_NOINLINE void own(void)
{
	volatile uintptr_t *frame = __builtin_frame_address(0);

	frame[1] = (uintptr_t)land;
	TOUCHED();
}

/* The frame above: this function itself returns where it should. */
static UK_NOINLINE void write_to(volatile uintptr_t *slot)
{
	*slot = (uintptr_t)land;
}

static UK_NOINLINE void caller(void)
{
	volatile uintptr_t *frame = __builtin_frame_address(0);

	write_to(frame + 1);
	TOUCHED();
}

/* table[index] with an index from outside, past canary and frame pointer. */
static UK_NOINLINE void indexed(size_t index)
{
	volatile uintptr_t table[8];
	volatile uintptr_t *p = table;

	__asm__ __volatile__("" : "+r"(p));
	if (!index)
		index = (uintptr_t *)__builtin_frame_address(0) + 1 -
			(uintptr_t *)(uintptr_t)p;
	p[index] = (uintptr_t)land;
	TOUCHED();
}

int main(int argc, char **argv)
{
	act = argc > 1 ? argv[1] : "return-to-function";
	if (!strcmp(act, "return-to-function"))
		own();
	else if (!strcmp(act, "return-of-caller"))
		caller();
	else if (!strcmp(act, "return-by-index"))
		indexed(0);
	printf("STOPPED: it returned where it came from\n");
	return 1;
}
