/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * In the place of musl's file of this name: a system call is a call of the
 * function that provides it, picked by the compiler from the number.
 */
#include <uk/errno.h>
#include <uk/syscall_call.h>
#include <uk/syscall_number.h>

#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)
#define IPC_64 0

#define MUSL_INLINE static inline __attribute__((always_inline))

MUSL_INLINE long __syscall6(long n, long a, long b, long c, long d, long e,
			    long f)
{
	/* Numbers that are not known here, of syscall(): what there is. */
	if (!__builtin_constant_p(n))
		return uk_syscall_r(n, a, b, c, d, e, f);
	switch (n) {
	UK_SYSCALL_CALL(a, b, c, d, e, f)
	default:
		return uk_syscall_missing(n);
	}
}

MUSL_INLINE long __syscall0(long n)
{
	return __syscall6(n, 0, 0, 0, 0, 0, 0);
}

MUSL_INLINE long __syscall1(long n, long a)
{
	return __syscall6(n, a, 0, 0, 0, 0, 0);
}

MUSL_INLINE long __syscall2(long n, long a, long b)
{
	return __syscall6(n, a, b, 0, 0, 0, 0);
}

MUSL_INLINE long __syscall3(long n, long a, long b, long c)
{
	return __syscall6(n, a, b, c, 0, 0, 0);
}

MUSL_INLINE long __syscall4(long n, long a, long b, long c, long d)
{
	return __syscall6(n, a, b, c, d, 0, 0);
}

MUSL_INLINE long __syscall5(long n, long a, long b, long c, long d, long e)
{
	return __syscall6(n, a, b, c, d, e, 0);
}

/*
 * Those that a thread may be cancelled in; somebody has to have cancelled one.
 * musl declares it once more, as a function with linkage: it keeps this one.
 */
extern hidden int musl_cancelling;
hidden long musl_cancelled(long n, long ret);

MUSL_INLINE long __syscall_cp(long n, long a, long b, long c, long d, long e,
			      long f)
{
	long ret;

	if (__builtin_expect(musl_cancelling, 0) &&
	    (ret = musl_cancelled(n, 0)))
		return ret;
	ret = __syscall6(n, a, b, c, d, e, f);
	if (__builtin_expect(musl_cancelling, 0) && ret == -EINTR)
		ret = musl_cancelled(n, ret);
	return ret;
}
