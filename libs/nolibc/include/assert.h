/* SPDX-License-Identifier: BSD-3-Clause */
/* No #pragma once: the meaning follows NDEBUG at each inclusion. A failed
 * assertion ends in the crash screen, as UK_ASSERT does. */
#include <sys/cdefs.h>

#undef assert
#ifdef NDEBUG
#define assert(cond) ((void)0)
#else
#define assert(cond)							\
	((cond) ? (void)0 :						\
	 nolibc_assert_fail(#cond, __FILE__, __LINE__, __func__))
#endif

#if !defined(__cplusplus) && !defined(static_assert)
#define static_assert _Static_assert
#endif

__BEGIN_DECLS
__attribute__((noreturn))
void nolibc_assert_fail(const char *cond, const char *file, int line,
			const char *func);
__END_DECLS
