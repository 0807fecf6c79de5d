/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * memcpy and its kin, in steps of 8 bytes. What is no multiple of 8 is done by
 * one word more that overlaps its neighbour: no byte loop, no alignment phase.
 * Compilers emit calls to these at will, so nothing here may look like a loop
 * that they would turn into such a call (flags in Makefile.uk).
 */
#include <stdint.h>
#include <uk/arch/block.h>
#include <uk/essentials.h>
#include <uk/str.h>

#undef memcpy
#undef memmove
#undef memset
#undef memcmp

typedef uint64_t UK_ALIGNED(1) __attribute__((may_alias)) word_t;
typedef uint32_t UK_ALIGNED(1) __attribute__((may_alias)) half_t;
typedef uint16_t UK_ALIGNED(1) __attribute__((may_alias)) quarter_t;

/* Below this many bytes a string instruction costs more than it saves. */
#define FEW 64

#define LOAD(type, p) (*(const type *)(p))
#define STORE(type, p, v) (*(type *)(p) = (v))

/* Fewer than 8 bytes: everything is read before anything is written. */
static inline void move_short(char *d, const char *s, size_t n)
{
	if (n >= 4) {
		half_t first = LOAD(half_t, s), last = LOAD(half_t, s + n - 4);

		STORE(half_t, d, first);
		STORE(half_t, d + n - 4, last);
	} else if (n >= 2) {
		quarter_t first = LOAD(quarter_t, s);
		quarter_t last = LOAD(quarter_t, s + n - 2);

		STORE(quarter_t, d, first);
		STORE(quarter_t, d + n - 2, last);
	} else if (n == 1) {
		*d = *s;
	}
}

/* k to 2 * k words: as many from the beginning as from the end. */
static inline __attribute__((always_inline)) void
move_few(char *d, const char *s, size_t n, const size_t k)
{
	word_t first[4], last[4];
	size_t i;

#pragma GCC unroll 4
	for (i = 0; i < k; i++) {
		first[i] = LOAD(word_t, s + i * sizeof(word_t));
		last[i] = LOAD(word_t, s + n - (i + 1) * sizeof(word_t));
	}
#pragma GCC unroll 4
	for (i = 0; i < k; i++) {
		STORE(word_t, d + i * sizeof(word_t), first[i]);
		STORE(word_t, d + n - (i + 1) * sizeof(word_t), last[i]);
	}
}

void *memmove(void *dst, const void *src, size_t n)
{
	const char *s = src;
	char *d = dst;
	word_t first, last;
	size_t i;

	if (n <= FEW) {
		if (n < 8)
			move_short(d, s, n);
		else if (n <= 16)
			move_few(d, s, n, 1);
		else if (n <= 32)
			move_few(d, s, n, 2);
		else
			move_few(d, s, n, 4);
		return dst;
	}
	first = LOAD(word_t, s);
	last = LOAD(word_t, s + n - sizeof(word_t));
	if ((uintptr_t)d - (uintptr_t)s < n) {
		/* dst lies inside the source: from the end down. */
		for (i = n - sizeof(word_t); (intptr_t)i > 0;
		     i -= sizeof(word_t))
			STORE(word_t, d + i, LOAD(word_t, s + i));
		STORE(word_t, d, first);
		return dst;
	}
	ukarch_copy_words(d, s, (n - 1) / sizeof(word_t));
	STORE(word_t, d + n - sizeof(word_t), last);
	return dst;
}

/* One copy of the code, and a memcpy that overlap cannot turn into garbage. */
void *memcpy(void *dst, const void *src, size_t n)
	__attribute__((alias("memmove")));

static inline __attribute__((always_inline)) void
fill_few(char *d, uint64_t v, size_t n, const size_t k)
{
	size_t i;

#pragma GCC unroll 4
	for (i = 0; i < k; i++) {
		STORE(word_t, d + i * sizeof(word_t), v);
		STORE(word_t, d + n - (i + 1) * sizeof(word_t), v);
	}
}

void *memset(void *dst, int c, size_t n)
{
	uint64_t v = (uint8_t)c * 0x0101010101010101ull;
	char *d = dst;

	if (n < sizeof(word_t)) {
		if (n >= 4) {
			STORE(half_t, d, (uint32_t)v);
			STORE(half_t, d + n - 4, (uint32_t)v);
		} else if (n) {
			d[0] = d[n / 2] = d[n - 1] = (char)v;
		}
		return dst;
	}
	if (n <= FEW) {
		if (n <= 16)
			fill_few(d, v, n, 1);
		else if (n <= 32)
			fill_few(d, v, n, 2);
		else
			fill_few(d, v, n, 4);
		return dst;
	}
	ukarch_fill_words(d, v, n / sizeof(word_t));
	STORE(word_t, d + n - sizeof(word_t), v);
	return dst;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const uint8_t *x = a, *y = b;

	while (n >= sizeof(word_t) && LOAD(word_t, x) == LOAD(word_t, y)) {
		x += sizeof(word_t);
		y += sizeof(word_t);
		n -= sizeof(word_t);
	}
	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

void *memchr(const void *p, int c, size_t n)
{
	const uint8_t *s = p;

	for (; n; n--, s++)
		if (*s == (uint8_t)c)
			return (void *)(uintptr_t)s;
	return NULL;
}
