/* SPDX-License-Identifier: BSD-3-Clause */
/* From printf's arguments to the formatter. */
#include <errno.h>
#include <string.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <wchar.h>
#include "format.h"

#ifdef CONFIG_LIBNOLIBC_HARDEN_FORTIFY
void nolibc_refuse(char conv)
{
	if (conv == 'n')
		uk_crash(UK_DEATH_OTHER, "%%n in a format");
}
#endif

static int hook(struct uk_fmt *f, const struct uk_fmt_spec *s,
		struct uk_fmt_args *args)
{
#ifdef CONFIG_LIBNOLIBC_FLOAT
	if (nolibc_is_float(s->conv)) {
		if (s->len == 'L')
			return nolibc_put_ldouble(f, s, va_arg(args->ap,
							       long double));
		return nolibc_put_double(f, s, va_arg(args->ap, double));
	}
#endif
	if (s->len == 'l' && s->conv == 's')
		return nolibc_put_wide(f, s, va_arg(args->ap, wchar_t *));
	if (s->len == 'l' && s->conv == 'c') {
		wchar_t ws[2] = { (wchar_t)va_arg(args->ap, wint_t), 0 };

		return nolibc_put_wide(f, s, ws);
	}
	nolibc_refuse(s->conv);
	return -EINVAL;
}

#ifdef CONFIG_LIBNOLIBC_NUMBERED
/* POSIX forbids to mix: the first conversion tells for all. */
static bool numbered(const char *fmt)
{
	struct uk_fmt_spec s;

	for (fmt = strchr(fmt, '%'); fmt; fmt = strchr(fmt, '%')) {
		fmt++;
		if (uk_fmt_parse(&fmt, &s) < 0)
			return false;
		if (s.conv != '%')
			return s.arg;
	}
	return false;
}
#endif

int nolibc_vformat(uk_fmt_put put, void *arg, const char *fmt, va_list ap)
{
#ifdef CONFIG_LIBNOLIBC_NUMBERED
	if (strchr(fmt, '$') && numbered(fmt))
		return nolibc_vformat_numbered(put, arg, fmt, ap);
#endif
	return uk_vformat_hook(hook, put, arg, fmt, ap);
}

int nolibc_result(int rc)
{
	if (rc >= 0)
		return rc;
	errno = -rc;
	return -1;
}
