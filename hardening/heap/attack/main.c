/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What can be done with memory bugs of a heap that only looks after itself.
 * The control runs on ukallocbbuddy, whose records are out of reach and whose
 * frees are checked: all of this works there. The act is the first argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>

#define MANY 64
#define SIZE 104
#define LARGE (300ul << 10)
#define SECRET 0x5ec4e75ec4e75ec4ul

/* No compiler shall know what a pointer is or was. */
static void *hide(void *p)
{
	__asm__ __volatile__("" : "+r"(p) : : "memory");
	return p;
}

static unsigned char *get(size_t size)
{
	void *p = hide(malloc(size));

	if (!p) {
		printf("no memory\n");
		exit(2);
	}
	return p;
}

static void put(void *p)
{
	free(hide(p));
}

static int stopped(const char *how)
{
	printf("STOPPED: %s\n", how);
	exit(1);
}

/* Two live blocks of one size, as near to each other as can be had. */
static void neighbours(size_t size, int many, unsigned char **low,
		       unsigned char **high)
{
	unsigned char *p[MANY];
	size_t best = SIZE_MAX;

	for (int i = 0; i < many; i++)
		p[i] = get(size);
	for (int i = 0; i < many; i++)
		for (int k = 0; k < many; k++)
			if (p[k] > p[i] && (size_t)(p[k] - p[i]) < best) {
				best = (size_t)(p[k] - p[i]);
				*low = p[i];
				*high = p[k];
			}
}

static int overflow(void)
{
	unsigned char *a, *b;

	neighbours(SIZE, MANY, &a, &b);
	b[0] = 1;
	memset(a, 0, (size_t)(b - a) + 1);
	put(a);
	return b[0] == 0;
}

static int off_by_one(void)
{
	unsigned char *a = get(SIZE);
	volatile unsigned char *end = hide(a + malloc_usable_size(a));

	/* Whatever is there becomes another value. */
	*end = (unsigned char)~*end;
	put(a);
	return 1;
}

static int underflow(void)
{
	unsigned char *a, *b;

	neighbours(SIZE, MANY, &a, &b);
	for (volatile unsigned char *p = b; p > b - 16;)
		*--p = 0x41;
	put(a);
	return 1;
}

static int overflow_then_grow(void)
{
	unsigned char *a = get(SIZE);

	memset(hide(a), 0x41, malloc_usable_size(a) + 4);
	return realloc(hide(a), 1000) != NULL;
}

static int overflow_aligned(void)
{
	unsigned char *a = hide(aligned_alloc(64, 100));

	memset(a, 0x41, malloc_usable_size(a) + 4);
	put(a);
	return 1;
}

static int overflow_far(void)
{
	volatile unsigned char *a;

	put(get(400ul << 10));	/* there is memory behind what comes now */
	a = get(SIZE);
	for (size_t i = 0; i < 48ul << 10; i++)
		a[i] = 0x41;
	return 1;
}

static int stale_read(void)
{
	uint64_t *a = (uint64_t *)get(SIZE);

	a[5] = SECRET;
	put(a);
	return ((uint64_t *)hide(a))[5] == SECRET ||
	       stopped("a freed block holds nothing");
}

static int stale_write(void)
{
	uint64_t *a = (uint64_t *)get(SIZE);

	put(a);
	((uint64_t *)hide(a))[5] = SECRET;
	for (int i = 0; i < 1000; i++) {
		uint64_t *p = (uint64_t *)get(SIZE);

		if (p[5] == SECRET)
			return 1;
		put(p);
	}
	return 0;
}

static int stale_reuse(void)
{
	unsigned char *a = get(SIZE);

	put(a);
	for (int i = 0; i < 20; i++)
		if (get(SIZE) == a)
			return 1;
	return stopped("a freed block waits");
}

static int read_old_contents(void)
{
	uint64_t *p = (uint64_t *)get(SIZE);

	p[7] = SECRET;
	put(p);
	for (int i = 0; i < 1000; i++) {
		p = (uint64_t *)get(SIZE);
		if (p[7] == SECRET)
			return 1;
	}
	return stopped("a new block holds nothing");
}

static int large_overflow(void)
{
	unsigned char *a = get(LARGE);

	get(LARGE);
	((volatile unsigned char *)a)[LARGE] = 0x41;
	return 1;
}

static int large_underflow(void)
{
	unsigned char *low, *high;

	neighbours(LARGE, 16, &low, &high);
	((volatile unsigned char *)high)[-4096] = 0x41;
	return 1;
}

static int large_stale_read(void)
{
	uint64_t *a = (uint64_t *)get(LARGE);

	a[100] = SECRET;
	put(a);
	return ((uint64_t *)hide(a))[100] == SECRET;
}

static int large_stale_write(void)
{
	volatile unsigned char *a = get(LARGE);

	put((void *)a);
	a[100] = 0x41;
	return 1;
}

/* Objects of one size go, those of another come to lie there. */
static int cross_size(void)
{
	static unsigned char *old[400];

	for (int i = 0; i < 400; i++)
		old[i] = get(SIZE);
	for (int i = 0; i < 400; i++)
		put(old[i]);
	for (int i = 0; i < 400; i++) {
		unsigned char *p = get(500);

		for (int k = 0; k < 400; k++)
			if (old[k] >= p && old[k] < p + 500)
				return 1;
	}
	return stopped("places of one size stay with it");
}

/* Another library fills its memory with what an attacker sends. */
static int spray(void)
{
	static char text[SIZE];
	char *a = (char *)get(SIZE);

	memset(text, 'A', SIZE - 1);
	put(a);
	for (int i = 0; i < 2000; i++)
		if (hide(strdup(text)) == a)
			return 1;
	return stopped("another library's heap lies elsewhere");
}

static int predict_next(void)
{
	unsigned char *a = get(SIZE), *b = get(SIZE);
	ptrdiff_t step = b - a;

	for (int i = 0; i < 12; i++) {
		a = b;
		b = get(SIZE);
		if (b - a != step)
			return stopped("what comes next cannot be told");
	}
	return 1;
}

/* From where a block lies, where those of another size do. A plain heap may
 * have several areas of memory, but far fewer than there are sizes here. */
static int predict_distance(void)
{
	size_t nearest = SIZE_MAX;
	uintptr_t p[8];

	for (int i = 0; i < 8; i++) {
		p[i] = (uintptr_t)get(16ul << i);
		for (int j = 0; j < i; j++)
			nearest = UK_MIN(nearest, p[i] > p[j] ? p[i] - p[j] :
					 p[j] - p[i]);
	}
	return nearest < 1ul << 20 || stopped("sizes lie in regions far apart");
}

static const struct act {
	const char *name;
	int (*run)(void);
} acts[] = {
	{ "overflow-block", overflow },
	{ "overflow-by-one", off_by_one },
	{ "underflow-block", underflow },
	{ "overflow-then-grow", overflow_then_grow },
	{ "overflow-aligned", overflow_aligned },
	{ "overflow-far", overflow_far },
	{ "read-freed", stale_read },
	{ "write-freed", stale_write },
	{ "reuse-at-once", stale_reuse },
	{ "read-old-contents", read_old_contents },
	{ "overflow-large", large_overflow },
	{ "underflow-large", large_underflow },
	{ "read-freed-large", large_stale_read },
	{ "write-freed-large", large_stale_write },
	{ "reuse-for-other-size", cross_size },
	{ "spray-other-library", spray },
	{ "predict-next", predict_next },
	{ "predict-distance", predict_distance },
};

int main(int argc, char **argv)
{
	const struct act *act = acts, *end = acts + UK_ARRAY_SIZE(acts);

	while (argc > 1 && act < end && strcmp(act->name, argv[1]))
		act++;
	if (act == end) {
		printf("no attack of that name\n");
		return 2;
	}
	if (!act->run())
		return 3;
	printf("SURVIVED: %s\n", act->name);
	return 0;
}
