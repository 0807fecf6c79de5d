/* SPDX-License-Identifier: BSD-3-Clause */
/* What nolibc's printf adds to the formatter of core. */
#pragma once

#include <stdarg.h>
#include <uk/config.h>
#include <uk/fmt.h>

/* uk_vformat() with everything that printf has. */
int nolibc_vformat(uk_fmt_put put, void *arg, const char *fmt, va_list ap);
/* The same for a format that uses %n$. */
int nolibc_vformat_numbered(uk_fmt_put put, void *arg, const char *fmt,
			    va_list ap);
/* Negative errno -> errno and -1. */
int nolibc_result(int rc);

/* One value each; 0, or -EINVAL / -EOVERFLOW / -EILSEQ. */
int nolibc_put_double(struct uk_fmt *f, const struct uk_fmt_spec *s, double v);
int nolibc_put_ldouble(struct uk_fmt *f, const struct uk_fmt_spec *s,
		       long double v);
int nolibc_put_wide(struct uk_fmt *f, const struct uk_fmt_spec *s,
		    const wchar_t *ws);

/* A conversion that nobody knows. %n, which would write to memory, is no
 * mistake but an attack: where fortify is on, the image ends. */
#ifdef CONFIG_LIBNOLIBC_HARDEN_FORTIFY
void nolibc_refuse(char conv);
#else
static inline void nolibc_refuse(char conv UK_UNUSED)
{
}
#endif

static inline bool nolibc_is_float(char conv)
{
	conv |= 0x20;
	return conv == 'a' || (conv >= 'e' && conv <= 'g');
}
