/* SPDX-License-Identifier: BSD-3-Clause */
/* The ways out. */
#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include "stdio_impl.h"
#include "libc.h"
#include <uk/crash.h>
#include <uk/init.h>

/*
 * As destructors, because returning from main must do the same as exit():
 * handlers of atexit() before all others, the streams after them.
 */
__attribute__((destructor)) static void handlers(void)
{
	__funcs_on_exit();
}

__attribute__((destructor(101))) static void streams(void)
{
	__stdio_exit();
}

_Noreturn void exit(int status)
{
	uk_boot_exit(status);
}

/* A handler of the program's may still jump out. */
_Noreturn void abort(void)
{
	struct sigaction sa;

	if (!sigaction(SIGABRT, NULL, &sa) && sa.sa_handler != SIG_DFL &&
	    sa.sa_handler != SIG_IGN)
		raise(SIGABRT);
	uk_crash(UK_DEATH_OTHER, "abort() was called");
}

_Noreturn void __assert_fail(const char *cond, const char *file, int line,
			     const char *func)
{
	uk_crash(UK_DEATH_ASSERT, "%s, %s() (%s:%d)", cond, func, file, line);
}
