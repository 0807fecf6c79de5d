/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * memcpy, memmove, memset, memcmp. Checked against the whole object: programs
 * copy several members at once and mean it. Macros, as in <uk/str.h>: the
 * compiler shall still expand short ones in place.
 */
#pragma once

#if !defined(__cplusplus) && !defined(UK_NO_FORTIFY)

#include "fortify.h"

/* Both must be large enough: the smaller one counts. */
#define UK_FORTIFY_BOTH(a, b)						\
	(UK_OBJECT(a) < UK_OBJECT(b) ? UK_OBJECT(a) : UK_OBJECT(b))

UK_FORTIFY_INLINE void *uk_fortify_memcpy(void *UK_SIZED(0) dst,
					  const void *UK_SIZED(0) src,
					  size_t n)
{
	uk_fortify(n, UK_FORTIFY_BOTH(dst, src), "memcpy");
	return __builtin_memcpy(dst, src, n);
}

UK_FORTIFY_INLINE void *uk_fortify_memmove(void *UK_SIZED(0) dst,
					   const void *UK_SIZED(0) src,
					   size_t n)
{
	uk_fortify(n, UK_FORTIFY_BOTH(dst, src), "memmove");
	return __builtin_memmove(dst, src, n);
}

UK_FORTIFY_INLINE void *uk_fortify_memset(void *UK_SIZED(0) dst, int c,
					  size_t n)
{
	uk_fortify(n, UK_OBJECT(dst), "memset");
	return __builtin_memset(dst, c, n);
}

UK_FORTIFY_INLINE int uk_fortify_memcmp(const void *UK_SIZED(0) a,
					const void *UK_SIZED(0) b, size_t n)
{
	uk_fortify(n, UK_FORTIFY_BOTH(a, b), "memcmp");
	return __builtin_memcmp(a, b, n);
}

#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#define memcpy(dst, src, n) uk_fortify_memcpy(dst, src, n)
#define memmove(dst, src, n) uk_fortify_memmove(dst, src, n)
#define memset(dst, c, n) uk_fortify_memset(dst, c, n)
#define memcmp(a, b, n) uk_fortify_memcmp(a, b, n)

#endif
