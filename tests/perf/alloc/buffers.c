/* SPDX-License-Identifier: BSD-3-Clause */
/* Buffers that are filled piece by piece and doubled when they are full, most
 * of them to some KiB and a few to some MiB; then copied to size and freed. */
#include <stdlib.h>
#include <string.h>

#include "load.h"

#define BUFFERS 60000

struct buffer {
	char *p;
	size_t len, cap;
};

static void append(struct buffer *b, const char *from, size_t n)
{
	if (b->len + n > b->cap) {
		b->cap = b->cap ? b->cap * 2 : 32;
		if (b->cap < b->len + n)
			b->cap = b->len + n;
		b->p = need(realloc(b->p, b->cap));
	}
	memcpy(b->p + b->len, from, n);
	b->len += n;
}

static size_t length(uint64_t r)
{
	unsigned int kind = r & 4095;

	r >>= 12;
	if (!kind)
		return r % (2u << 20);
	if (kind < 128)
		return r % (64u << 10);
	return r % (4u << 10);
}

uint64_t load_buffers(void)
{
	static const char piece[96] = "a piece of text as it comes in";
	uint64_t x = 998877665544332211u, sum = 0;

	for (long i = 0; i < BUFFERS; i++) {
		size_t want = length(load_random(&x));
		struct buffer b = { 0 };
		char *exact;

		while (b.len < want)
			append(&b, piece, 1 + load_random(&x) % 95);
		exact = need(malloc(b.len + 1));
		if (b.len)
			memcpy(exact, b.p, b.len);
		sum = sum * 31 + b.len + (b.len ? (uint64_t)exact[0] : 0);
		free(b.p);
		free(exact);
	}
	return sum;
}
