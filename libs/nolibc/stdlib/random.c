/* SPDX-License-Identifier: BSD-3-Clause */
/* Pseudo-random numbers that anybody can predict: one splitmix64 step each. */
#include <stdint.h>
#include <stdlib.h>

static uint64_t state = 1;

static int mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return (int)((z ^ (z >> 31)) >> 33);
}

void srand(unsigned int seed)
{
	state = seed;
}

int rand(void)
{
	state += 0x9e3779b97f4a7c15ull;
	return mix(state);
}

int rand_r(unsigned int *s)
{
	/* Every value of 32 bits is reached before one comes again. */
	*s = *s * 1664525u + 1013904223u;
	return mix(*s * 0x9e3779b97f4a7c15ull);
}

void srandom(unsigned int seed)
{
	srand(seed);
}

long random(void)
{
	return rand();
}
