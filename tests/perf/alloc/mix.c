/* SPDX-License-Identifier: BSD-3-Clause */
/* Twenty thousand places; a random one is filled or emptied. Small sizes are
 * frequent, large ones rare; each block is written at both ends. */
#include <stdlib.h>

#include "load.h"

#define PLACES 20000
#define STEPS 6000000

static size_t size_of(uint64_t r)
{
	unsigned int kind = r & 1023;

	r >>= 10;
	if (kind == 0)
		return 1 + r % 65536;
	if (kind < 32)
		return 1 + r % 4096;
	if (kind < 256)
		return 1 + r % 512;
	return 1 + r % 128;
}

uint64_t load_mix(void)
{
	unsigned char **place = need(calloc(PLACES, sizeof(*place)));
	size_t *len = need(calloc(PLACES, sizeof(*len)));
	uint64_t x = 362436069123456789u, sum = 0;

	for (long i = 0; i < STEPS; i++) {
		uint64_t r = load_random(&x);
		size_t at = (r >> 40) % PLACES;

		if (place[at]) {
			sum += place[at][0] + place[at][len[at] - 1];
			free(place[at]);
			place[at] = NULL;
			continue;
		}
		len[at] = size_of(r);
		place[at] = need(malloc(len[at]));
		place[at][0] = (unsigned char)i;
		place[at][len[at] - 1] = (unsigned char)r;
	}
	for (long i = 0; i < PLACES; i++)
		free(place[i]);
	free(place);
	free(len);
	return sum;
}
