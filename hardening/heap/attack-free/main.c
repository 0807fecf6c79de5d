/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Wrong frees, and what an attacker makes of them on a heap that believes what
 * it is told (naive.c). The act is the first argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>

#define SIZE 104
#define LARGE (300ul << 10)

/* What a block looks like from the front, for heaps that keep heads there. */
struct forged {
	size_t size, unused;
	char body[SIZE];
} __attribute__((aligned(16)));

static void *hide(void *p)
{
	__asm__ __volatile__("" : "+r"(p) : : "memory");
	return p;
}

static char *get(size_t size)
{
	return hide(malloc(size));
}

static void put(void *p)
{
	free(hide(p));
}

static int twice(size_t size)
{
	char *a = get(size), *b;

	put(a);
	put(a);
	b = get(size);
	return b == get(size);	/* two owners */
}

static int double_free(void)
{
	return twice(SIZE);
}

static int double_free_large(void)
{
	return twice(LARGE);
}

static int double_free_far(void)
{
	char *a = get(SIZE), *other[20];

	for (int i = 0; i < 20; i++)
		other[i] = get(SIZE);
	put(a);
	for (int i = 0; i < 20; i++)
		put(other[i]);
	put(a);
	return get(SIZE) == a;
}

/* A pointer that was never handed out, and a forged head before it. */
static int spirit(struct forged *f)
{
	f->size = 112;
	put(f->body);
	return get(SIZE) == f->body;
}

static int free_stack(void)
{
	struct forged f;

	return spirit(hide(&f));
}

static int free_global(void)
{
	static struct forged f;

	return spirit(&f);
}

static int free_interior(void)
{
	return spirit((struct forged *)(get(400) + 16));
}

static int free_interior_large(void)
{
	return spirit((struct forged *)(get(LARGE) + 8192));
}

static int free_misaligned(void)
{
	char *a = get(400);

	*(size_t *)hide(a + 1) = 112;
	put(a + 17);
	return get(SIZE) == a + 17;
}

static int free_never_used(void)
{
	char *a = get(400);

	/* Far behind all that was handed out, but in the heap's memory. */
	((struct forged *)(a + (1ul << 20)))->size = 112;
	put(a + (1ul << 20) + 16);
	return 1;
}

/* The next pointer of a free block leads to what the attacker wants. */
static int freelist(void)
{
	static struct forged target;
	char *a = get(SIZE);

	put(a);
	*(void **)hide(a) = &target;
	target.size = 112;
	for (int i = 0; i < 400; i++) {
		char *p = get(SIZE), *q = get(SIZE);

		if (p == target.body || q == target.body)
			return 1;
		put(q);
	}
	return 0;
}

/* A head behind an overflow says another size: two blocks overlap. */
static int head(void)
{
	char *a = get(SIZE), *b = get(SIZE), *c;
	size_t size = 512;

	memset(hide(a + SIZE), 0, 112 - SIZE);
	memcpy(hide(a + 112), &size, sizeof(size));
	put(b);
	put(a);
	c = get(500);
	return c == b;
}

static int realloc_freed(void)
{
	char *a = get(SIZE);

	put(a);
	return realloc(hide(a), 64) == a;
}

static int usable_size_freed(void)
{
	char *a = get(SIZE);

	put(a);
	return malloc_usable_size(hide(a)) != 0;
}

static const struct act {
	const char *name;
	int (*run)(void);
} acts[] = {
	{ "double-free", double_free }, { "double-free-far", double_free_far },
	{ "double-free-large", double_free_large },
	{ "free-stack", free_stack }, { "free-global", free_global },
	{ "free-interior", free_interior },
	{ "free-interior-large", free_interior_large },
	{ "free-misaligned", free_misaligned },
	{ "free-never-used", free_never_used },
	{ "overwrite-free-list", freelist }, { "overwrite-head", head },
	{ "realloc-freed", realloc_freed },
	{ "usable-size-freed", usable_size_freed },
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
