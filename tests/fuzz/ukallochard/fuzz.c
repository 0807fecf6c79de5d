/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any sequence of requests. Three bytes a step: what, which block, how much.
 * No two live blocks overlap, contents stay, everything comes zeroed, and
 * nothing dies that was used well.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "hard.h"

#define BLOCKS 64

static struct block {
	unsigned char *p;
	size_t size;
	unsigned char tag;
} blocks[BLOCKS];

static void require(int holds)
{
	if (!holds)
		abort();
}

void *hard_os_reserve(size_t len)
{
	char *p = mmap(NULL, len + 2 * HARD_PAGE, PROT_NONE, MAP_PRIVATE |
		       MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p + HARD_PAGE;
}

void hard_os_release(void *at, size_t len)
{
	require(!munmap((char *)at - HARD_PAGE, len + 2 * HARD_PAGE));
}

static size_t left = 8ul << 20;

bool hard_os_commit(void *at, size_t len)
{
	if (len > left)
		return false;
	left -= len;
	require(!mprotect(at, len, PROT_READ | PROT_WRITE));
	return true;
}

void hard_os_decommit(void *at, size_t len)
{
	left += len;
	require(mmap(at, len, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS |
		     MAP_NORESERVE | MAP_FIXED, -1, 0) == at);
}

void hard_os_random(void *buf, size_t len)
{
	memset(buf, 0x5a, len);	/* the same every time */
}

void hard_os_no_memory(void)
{
}

size_t hard_os_memory(void)
{
	return 8ul << 20;
}

void hard_os_die(const char *what, const char *which)
{
	fprintf(stderr, "ukallochard: %s%s\n", what, which);
	abort();
}

static void look(const struct block *b, size_t upto)
{
	for (size_t i = 0; i < upto; i++)
		require(b->p[i] == b->tag);
}

static void adopt(struct hard_heap *h, struct block *b, void *p, size_t size,
		  size_t kept)
{
	static unsigned char tag;

	b->p = p;
	b->size = hard_usable_size(h, p);
	require(b->size >= size && (uintptr_t)p % 16 == 0);
	look(b, kept);
	b->tag = ++tag;
	memset(p, b->tag, b->size);
}

static void step(struct hard_heap *h, unsigned int op, struct block *b,
		 size_t size)
{
	size_t align = 1ul << (op >> 4);
	unsigned char *p;

	if (b->p && (op & 3) == 1) {
		look(b, b->size);
		p = hard_realloc(h, b->p, size);
		if (p)
			adopt(h, b, p, size, UK_MIN(size, b->size));
		return;
	}
	if (b->p) {
		look(b, b->size);
		hard_free(h, b->p);
		b->p = NULL;
		return;
	}
	p = (op & 3) == 2 ? hard_memalign(h, align, size) :
	    (op & 3) == 3 ? hard_pages(h, size / HARD_PAGE + 1) :
	    hard_malloc(h, size);
	if (!p)
		return;
	require((op & 3) != 2 || (uintptr_t)p % align == 0);
	for (size_t i = 0; i < size; i++)
		require(!p[i]);
	adopt(h, b, p, size, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct hard_heap *h;

	if (!h)
		h = hard_create();
	require(h != NULL);
	for (; len >= 3; data += 3, len -= 3)
		step(h, data[0], &blocks[data[1] % BLOCKS],
		     ((data[2] & 15) + 1ul) << (data[2] >> 4));
	for (struct block *b = blocks; b < blocks + BLOCKS; b++)
		if (b->p)
			step(h, 0, b, 0);
	return 0;
}
