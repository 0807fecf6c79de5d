/* SPDX-License-Identifier: BSD-3-Clause */
/* Programs that spend their time in malloc and free. Each returns a number
 * that depends on all of its work: the same with every allocator. */
#pragma once

#include <stddef.h>
#include <stdint.h>

uint64_t load_bignum(void);	/* factoring: short-lived small numbers */
uint64_t load_cubes(void);	/* logic minimiser: many small lists */
uint64_t load_mix(void);	/* any size comes and goes at random */
uint64_t load_server(void);	/* requests of some objects each */
uint64_t load_words(void);	/* strings into a hash table, and out */
uint64_t load_buffers(void);	/* buffers that grow while they are filled */

/* xorshift: the same numbers every time. */
static inline uint64_t load_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* What malloc gave, or the end. */
void *need(void *p);
