/* SPDX-License-Identifier: BSD-3-Clause */
/* Draws more than the generator gives without fresh entropy, a few times: it
 * asks the device. */
#include <stdint.h>
#include <stdio.h>
#include <uk/swrand.h>

int main(void)
{
	static uint8_t a[4096], b[4096];
	unsigned int round, i, same;

	for (round = 0; round < 16; round++) {
		uk_swrand_fill(a, sizeof(a));
		uk_swrand_fill(b, sizeof(b));
		for (same = i = 0; i < sizeof(a); i++)
			same += a[i] == b[i];
		if (same > 64) {
			printf("failed: %u bytes of 4096 are the same\n", same);
			return 1;
		}
	}
	puts("rng: done");
	return 0;
}
