/* SPDX-License-Identifier: BSD-3-Clause */
/* A Linux process as the machine below the allocator. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "os.h"

/* Bits of randomness in pages, on top of what the kernel puts in. */
#define GUARD HARD_PAGE

void *hard_os_reserve(size_t len)
{
	char *p = mmap(NULL, len + 2 * GUARD, PROT_NONE, MAP_PRIVATE |
		       MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p + GUARD;
}

void hard_os_release(void *at, size_t len)
{
	if (munmap((char *)at - GUARD, len + 2 * GUARD))
		hard_os_die("munmap", ": failed");
}

bool hard_os_commit(void *at, size_t len)
{
	return !mprotect(at, len, PROT_READ | PROT_WRITE);
}

void hard_os_decommit(void *at, size_t len)
{
	void *p = mmap(at, len, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS |
		       MAP_NORESERVE | MAP_FIXED, -1, 0);

	if (p == MAP_FAILED)
		hard_os_die("mmap", ": failed");
}

void hard_os_random(void *buf, size_t len)
{
	ssize_t n;

	do
		n = getrandom(buf, len, 0);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)len)
		hard_os_die("no entropy", "");
}

void hard_os_no_memory(void)
{
	errno = ENOMEM;
}

size_t hard_os_memory(void)
{
	return 64ul << 30;
}

static void say(const char *text)
{
	if (write(2, text, strlen(text)) < 0)
		_exit(127);
}

void hard_os_die(const char *what, const char *which)
{
	say("ukallochard: ");
	say(what);
	say(which);
	say("\n");
	abort();
}
