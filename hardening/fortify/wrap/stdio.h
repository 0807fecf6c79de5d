/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Formatted text into a buffer, and streams. A buffer of known size gets no
 * more than it holds, whatever it was said to hold, and then the image ends.
 */
#pragma once

#include <stdarg.h>
#include_next <stdio.h>

#if !defined(__cplusplus) && !defined(UK_NO_FORTIFY)

#include "uk/fortify.h"

UK_FORTIFY_REAL(vsnprintf);
UK_FORTIFY_FN int vsnprintf(char *UK_SIZED(1) buf, size_t size,
			    const char *fmt, va_list ap)
{
	uk_fortify(size, UK_MEMBER(buf), "vsnprintf");
	return uk_fortify_real_vsnprintf(buf, size, fmt, ap);
}

/* What was written fits; what did not fit tells that it was tried. */
UK_FORTIFY_INLINE int uk_fortify_printed(int n, size_t size, const char *fn)
{
	if (__builtin_expect(n >= 0 && (size_t)n >= size, 0))
		uk_fortify_fail(fn);
	return n;
}

UK_FORTIFY_REAL(vsprintf);
UK_FORTIFY_FN int vsprintf(char *UK_SIZED(1) buf, const char *fmt, va_list ap)
{
	const size_t size = UK_MEMBER(buf);

	if (size == (size_t)-1)
		return uk_fortify_real_vsprintf(buf, fmt, ap);
	return uk_fortify_printed(uk_fortify_real_vsnprintf(buf, size, fmt, ap),
				  size, "vsprintf");
}

#ifdef __clang__

UK_FORTIFY_VARIADIC __attribute__((format(printf, 3, 4)))
int snprintf(char *UK_SIZED(1) buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	uk_fortify(size, UK_MEMBER(buf), "snprintf");
	va_start(ap, fmt);
	n = uk_fortify_real_vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return n;
}

UK_FORTIFY_VARIADIC __attribute__((format(printf, 2, 3)))
int sprintf(char *UK_SIZED(1) buf, const char *fmt, ...)
{
	const size_t size = UK_MEMBER(buf);
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = size == (size_t)-1 ? uk_fortify_real_vsprintf(buf, fmt, ap) :
	    uk_fortify_printed(uk_fortify_real_vsnprintf(buf, size, fmt, ap),
			       size, "sprintf");
	va_end(ap);
	return n;
}

#else

UK_FORTIFY_REAL(snprintf);
UK_FORTIFY_VARIADIC int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	uk_fortify(size, UK_MEMBER(buf), "snprintf");
	return uk_fortify_real_snprintf(buf, size, fmt,
					__builtin_va_arg_pack());
}

UK_FORTIFY_REAL(sprintf);
UK_FORTIFY_VARIADIC int sprintf(char *buf, const char *fmt, ...)
{
	const size_t size = UK_MEMBER(buf);

	if (size == (size_t)-1)
		return uk_fortify_real_sprintf(buf, fmt,
					       __builtin_va_arg_pack());
	return uk_fortify_printed(
		uk_fortify_real_snprintf(buf, size, fmt,
					 __builtin_va_arg_pack()),
		size, "sprintf");
}

#endif

UK_FORTIFY_REAL(fgets);
UK_FORTIFY_FN char *fgets(char *UK_SIZED(1) s, int size, FILE *f)
{
	if (size > 0)
		uk_fortify((size_t)size, UK_MEMBER(s), "fgets");
	return uk_fortify_real_fgets(s, size, f);
}

UK_FORTIFY_REAL(fread);
UK_FORTIFY_FN size_t fread(void *UK_SIZED(0) p, size_t size, size_t n, FILE *f)
{
	uk_fortify_product(n, size, UK_OBJECT(p), "fread");
	return uk_fortify_real_fread(p, size, n, f);
}

UK_FORTIFY_REAL(fwrite);
UK_FORTIFY_FN size_t fwrite(const void *UK_SIZED(0) p, size_t size, size_t n,
			    FILE *f)
{
	uk_fortify_product(n, size, UK_OBJECT(p), "fwrite");
	return uk_fortify_real_fwrite(p, size, n, f);
}

#endif
