/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The attacker chooses the size of a local array, so large that it begins in
 * a buffer far below the stack, with the guard page left untouched between.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define HALF 32768

/* What is to be overwritten, with room below for an interrupt. */
static volatile char victim[2 * HALF];

static __attribute__((noinline)) void reply(size_t len)
{
	volatile char *buf = __builtin_alloca(len);

	for (int i = 0; i < 64; i++)
		buf[i] = '!';
}

int main(void)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	int hits = 0;

	if (here < (uintptr_t)victim) {
		printf("this layout has the stack below the data\n");
		return 2;
	}
	reply(here - (uintptr_t)&victim[HALF]);
	for (int i = HALF - 4096; i < HALF + 4096; i++)
		hits += victim[i] == '!';
	if (hits < 64)
		return 3;
	printf("SURVIVED: a local array overwrote data beyond the guard\n");
	return 0;
}
