/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers from outside whose sum, product or shift does not fit, so that a
 * check which is there says yes. The act is the first argument.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 64

/* Is there room for `len` bytes behind `used`? */
static __attribute__((noinline)) int fits_sum(int used, int len)
{
	int end = used + len;

	return end <= ROOM;
}

static __attribute__((noinline)) int fits_product(int count, int size)
{
	int bytes = count * size;

	return bytes <= ROOM;
}

static __attribute__((noinline)) int fits_shift(int bits)
{
	int bytes = 1 << bits;

	return bytes <= ROOM;
}

static int attack(const char *how)
{
	/* What came in a packet. */
	volatile int large = INT_MAX, eight = 8, bits = 32;

	if (!strcmp(how, "overflow-sum"))
		return fits_sum(eight, large);
	if (!strcmp(how, "overflow-product"))
		return fits_product(large / eight + 1, 2 * eight);
	if (!strcmp(how, "overflow-shift"))
		return fits_shift(bits);
	exit(2);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "overflow-sum";

	if (!attack(how))
		return 3;
	printf("SURVIVED: a length that is too large passed the check\n");
	return 0;
}
