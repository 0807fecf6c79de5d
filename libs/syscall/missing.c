/* SPDX-License-Identifier: BSD-3-Clause */
/* In the place of each call that no library of this image provides. */
#include <uk/syscall.h>
#include <uk/syscall_call.h>

long uk_syscall_missing(long n)
{
#ifdef CONFIG_LIBSYSCALL_TRACE
	uk_syscall_trace_missing(n);
#endif
	return -ENOSYS;
}

#define MISSING(name, number, ...)					\
	long uk_syscall_r_##name(__VA_ARGS__)				\
	{								\
		return uk_syscall_missing(number);			\
	}

#include <uk/syscall_missing.h>
