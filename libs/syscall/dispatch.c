/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/syscall.h>
#include <uk/syscall_call.h>
#include <uk/syscall_dispatch.h>

long uk_syscall_r(long n, long a, long b, long c, long d, long e, long f)
{
	switch (n) {
	UK_SYSCALL_DISPATCH(a, b, c, d, e, f)
	default:
		return uk_syscall_missing(n);
	}
}
