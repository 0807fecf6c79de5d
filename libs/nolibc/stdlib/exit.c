/* SPDX-License-Identifier: BSD-3-Clause */
/* The ways out, and errno, which every image with this library has. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <uk/crash.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <unistd.h>

__thread int nolibc_errno;

#define HANDLERS 32	/* C17 wants this many */

static void (*handlers[HANDLERS])(void);
static unsigned int n_handlers;

int atexit(void (*fn)(void))
{
	if (n_handlers == HANDLERS) {
		errno = ENOMEM;
		return -1;
	}
	handlers[n_handlers++] = fn;
	return 0;
}

/*
 * As a destructor, because returning from main must do the same as exit().
 * A handler may register another one.
 */
__attribute__((destructor)) static void finish(void)
{
	while (n_handlers)
		handlers[--n_handlers]();
	fflush(NULL);
}

void exit(int status)
{
	uk_boot_exit(status);
}

void _Exit(int status)
{
	ukplat_exit(status);
}

void _exit(int status)
{
	ukplat_exit(status);
}

void abort(void)
{
	uk_crash(UK_DEATH_OTHER, "abort() was called");
}

void nolibc_assert_fail(const char *cond, const char *file, int line,
			const char *func)
{
	uk_crash(UK_DEATH_ASSERT, "%s, %s() (%s:%d)", cond, func, file, line);
}

char *getenv(const char *name)
{
	(void)name;
	return NULL;
}
