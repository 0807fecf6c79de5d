/* SPDX-License-Identifier: BSD-3-Clause */
/* Strings, checked against the member that they are written to. */
#pragma once

#include_next <string.h>

#if !defined(__cplusplus) && !defined(UK_NO_FORTIFY)

#include "uk/fortify-memory.h"
#include "uk/fortify-string.h"

UK_FORTIFY_REAL(mempcpy);
UK_FORTIFY_FN void *mempcpy(void *UK_SIZED(0) dst,
			    const void *UK_SIZED(0) src, size_t n)
{
	uk_fortify(n, UK_FORTIFY_BOTH(dst, src), "mempcpy");
	return uk_fortify_real_mempcpy(dst, src, n);
}

UK_FORTIFY_REAL(explicit_bzero);
UK_FORTIFY_FN void explicit_bzero(void *UK_SIZED(0) p, size_t n)
{
	uk_fortify(n, UK_OBJECT(p), "explicit_bzero");
	uk_fortify_real_explicit_bzero(p, n);
}

/* How much is written is known once the text was read: out of line. */
#define UK_FORTIFY_TEXT(name)						\
	UK_FORTIFY_REAL(name);						\
	UK_FORTIFY_FN char *name(char *UK_SIZED(1) dst,			\
				 const char *src)			\
	{								\
		return UK_MEMBER(dst) == (size_t)-1 ?			\
			uk_fortify_real_##name(dst, src) :		\
			uk_fortify_##name(dst, src, UK_MEMBER(dst));	\
	}
UK_FORTIFY_TEXT(strcpy)
UK_FORTIFY_TEXT(stpcpy)
UK_FORTIFY_TEXT(strcat)

UK_FORTIFY_REAL(strncat);
UK_FORTIFY_FN char *strncat(char *UK_SIZED(1) dst, const char *src, size_t n)
{
	return UK_MEMBER(dst) == (size_t)-1 ?
		uk_fortify_real_strncat(dst, src, n) :
		uk_fortify_strncat(dst, src, n, UK_MEMBER(dst));
}

/* These write, or may write, all of the n bytes that they are told of. */
#define UK_FORTIFY_SPAN(type, name)					\
	UK_FORTIFY_REAL(name);						\
	UK_FORTIFY_FN type name(char *UK_SIZED(1) dst, const char *src,	\
				size_t n)				\
	{								\
		uk_fortify(n, UK_MEMBER(dst), #name);			\
		return uk_fortify_real_##name(dst, src, n);		\
	}
UK_FORTIFY_SPAN(char *, strncpy)
UK_FORTIFY_SPAN(char *, stpncpy)
UK_FORTIFY_SPAN(size_t, strlcpy)
UK_FORTIFY_SPAN(size_t, strlcat)
UK_FORTIFY_SPAN(size_t, strxfrm)

UK_FORTIFY_REAL(strerror_r);
UK_FORTIFY_FN __typeof__(uk_fortify_real_strerror_r(0, 0, 0))
strerror_r(int errnum, char *UK_SIZED(1) buf, size_t size)
{
	uk_fortify(size, UK_MEMBER(buf), "strerror_r");
	return uk_fortify_real_strerror_r(errnum, buf, size);
}

#endif
