/* SPDX-License-Identifier: BSD-3-Clause */
/* The heap, and memory in pages. */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <uk/frame.h>
#include "check.h"

#define ROUNDS 200
#define PAGE 4096ul
#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static void heap(void)
{
	volatile size_t half = SIZE_MAX / 2;
	char *p = malloc(100), *q;

	CHECK(p && malloc_usable_size(p) >= 100);
	memset(p, 'x', 100);
	q = realloc(p, 100000);
	CHECK(q && q[99] == 'x');
	free(q);
	CHECK(!posix_memalign((void **)&p, 4096, 10) && !((uintptr_t)p % 4096));
	free(p);
	errno = 0;
	CHECK(!malloc(half - 4096) && errno == ENOMEM);
	CHECK(!reallocarray(NULL, half, 3) && errno == ENOMEM);
}

static uint64_t frames(void)
{
	struct uk_frame_stats st;

	uk_frame_stats(&st);
	return st.free;
}

/* Parts come off in front, behind and from the middle. */
static void parts(void)
{
	char *p = mmap(NULL, 16 * PAGE, RW, ANON, -1, 0), *q;

	CHECK(p != MAP_FAILED && !p[0] && !p[16 * PAGE - 1]);
	memset(p, 'a', 16 * PAGE);
	CHECK(!munmap(p, PAGE) && !munmap(p + 15 * PAGE, PAGE));
	CHECK(!munmap(p + 5 * PAGE, 2 * PAGE));
	CHECK(mprotect(p, PAGE, RW) == -1 && errno == ENOMEM);
	CHECK(mprotect(p + 4 * PAGE, 2 * PAGE, RW) == -1);
	CHECK(!mprotect(p + PAGE, 4 * PAGE, PROT_READ) && p[PAGE] == 'a');
	CHECK(!mprotect(p + PAGE, 4 * PAGE, RW));
	CHECK(!madvise(p + PAGE, PAGE, MADV_DONTNEED) && !p[PAGE]);
	q = mmap(p + 2 * PAGE, PAGE, RW, ANON | MAP_FIXED, -1, 0);
	CHECK(q == p + 2 * PAGE && !q[0] && p[3 * PAGE] == 'a');
	CHECK(!munmap(p, 16 * PAGE) && !munmap(p, 16 * PAGE));
}

static void pages(void)
{
	char *p, *q;

	parts();
	p = mmap(NULL, 2 * PAGE, RW, ANON, -1, 0);
	CHECK(p != MAP_FAILED);
	memset(p, 'b', 2 * PAGE);
	CHECK(mremap(p, 2 * PAGE, 100 * PAGE, 0) == MAP_FAILED);
	q = mremap(p, 2 * PAGE, 100 * PAGE, MREMAP_MAYMOVE);
	CHECK(q != MAP_FAILED && q[2 * PAGE - 1] == 'b' && !q[99 * PAGE]);
	CHECK(mremap(q, 100 * PAGE, PAGE, 0) == q && !munmap(q, PAGE));
	errno = 0;
	CHECK(mmap(NULL, PAGE, RW | PROT_EXEC, ANON, -1, 0) == MAP_FAILED);
	CHECK(errno == EACCES);
	CHECK(mmap(NULL, PAGE, RW, MAP_PRIVATE, -1, 0) == MAP_FAILED);
	CHECK(mmap(NULL, 0, RW, ANON, -1, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mmap(NULL, 1ul << 40, RW, ANON, -1, 0) == MAP_FAILED);
	CHECK(errno == ENOMEM);
	p = mmap(NULL, PAGE, PROT_NONE, ANON, -1, 0);
	CHECK(p != MAP_FAILED && !mprotect(p, PAGE, RW) && !*p);
	CHECK(!munmap(p, PAGE));
}

void memory(void)
{
	uint64_t before;

	heap();
	pages();
	before = frames();
	for (int i = 0; i < ROUNDS; i++)
		pages();
	/* Tables of pages stay, for places that come again. */
	CHECK((long)(before - frames()) < ROUNDS / 4);
	puts("memory: right");
}
