/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/syscall.h>
#include <uk/syscall_table.h>

long uk_syscall_r(long n, long a, long b, long c, long d, long e, long f)
{
	switch (n) {
	UK_SYSCALL_CASES(a, b, c, d, e, f)
	default:
		return UK_SC_MISSING(n);
	}
}
