/* SPDX-License-Identifier: BSD-3-Clause */
/* An image as the machine below the allocator. */
#include <uk/crash.h>
#include <uk/heap.h>
#include <uk/plat.h>
#include <uk/swrand.h>

#include "os.h"

UK_CTASSERT(HARD_PAGE == UK_PAGE_SIZE);

void *hard_os_reserve(size_t len)
{
	return uk_heap_reserve("heap", len);
}

void hard_os_release(void *at, size_t len UK_UNUSED)
{
	uk_heap_release(at);
}

bool hard_os_commit(void *at, size_t len)
{
	return uk_heap_commit(at, len);
}

void hard_os_decommit(void *at, size_t len)
{
	uk_heap_decommit(at, len);
}

void hard_os_random(void *buf, size_t len)
{
	uk_swrand_fill(buf, len);
}

void hard_os_no_memory(void)
{
	/* errno is the C library's */
}

size_t hard_os_memory(void)
{
	return uk_heap_left();
}

void hard_os_die(const char *what, const char *which)
{
	uk_crash(UK_DEATH_HEAP, "ukallochard: %s%s", what, which);
}
