/* SPDX-License-Identifier: BSD-3-Clause */
/* How large what the heap returns is, and conversions into a buffer. */
#pragma once

#include_next <stdlib.h>

#if !defined(__cplusplus) && !defined(UK_NO_FORTIFY)

#include "uk/fortify.h"

__attribute__((alloc_size(1))) void *malloc(size_t size);
__attribute__((alloc_size(1, 2))) void *calloc(size_t n, size_t size);
__attribute__((alloc_size(2))) void *realloc(void *p, size_t size);
__attribute__((alloc_size(2, 3))) void *reallocarray(void *p, size_t n,
						     size_t size);
__attribute__((alloc_size(2))) void *aligned_alloc(size_t align, size_t size);

UK_FORTIFY_REAL(mbstowcs);
UK_FORTIFY_FN size_t mbstowcs(wchar_t *UK_SIZED(1) dst, const char *src,
			      size_t n)
{
	if (dst)
		uk_fortify_product(n, sizeof(wchar_t), UK_MEMBER(dst),
				   "mbstowcs");
	return uk_fortify_real_mbstowcs(dst, src, n);
}

UK_FORTIFY_REAL(wcstombs);
UK_FORTIFY_FN size_t wcstombs(char *UK_SIZED(1) dst, const wchar_t *src,
			      size_t n)
{
	if (dst)
		uk_fortify(n, UK_MEMBER(dst), "wcstombs");
	return uk_fortify_real_wcstombs(dst, src, n);
}

/* One character has at most this many bytes, and nobody says how many. */
#define UK_FORTIFY_CHAR 16

UK_FORTIFY_REAL(wctomb);
UK_FORTIFY_FN int wctomb(char *UK_SIZED(1) s, wchar_t wc)
{
	char all[UK_FORTIFY_CHAR];
	int n;

	if (!s || UK_MEMBER(s) >= sizeof(all))
		return uk_fortify_real_wctomb(s, wc);
	n = uk_fortify_real_wctomb(all, wc);
	if (n > 0) {
		uk_fortify((size_t)n, UK_MEMBER(s), "wctomb");
		__builtin_memcpy(s, all, (size_t)n);
	}
	return n;
}

#endif
