/* SPDX-License-Identifier: BSD-3-Clause */
/* The formatter: the walk through a format. Conversions are in convert.c. */
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/str.h>

/* Decimal digits at *p, which moves behind them; -1: beyond INT_MAX. */
static int number(const char **p)
{
	unsigned int v = 0;

	for (; **p >= '0' && **p <= '9'; (*p)++) {
		if (v > (INT32_MAX - 9) / 10)
			return -1;
		v = v * 10 + (unsigned int)(**p - '0');
	}
	return (int)v;
}

/* "n$" after a '%' or a '*'; stays where it is if there is none. */
static uint8_t position(const char **p)
{
	const char *q = *p;
	int n = number(&q);

	if (*q != '$' || n < 1 || n > 255)
		return 0;
	*p = q + 1;
	return (uint8_t)n;
}

static void length(const char **fmt, struct uk_fmt_spec *s)
{
	const char *p = *fmt;

	s->len = 0;
	s->size = sizeof(int);
	switch (*p) {
	case 'h':
		s->len = p[1] == 'h' ? 'H' : 'h';
		s->size = p[1] == 'h' ? sizeof(char) : sizeof(short);
		p += p[1] == 'h';
		break;
	case 'l':
		s->len = p[1] == 'l' ? 'q' : 'l';
		s->size = p[1] == 'l' ? sizeof(long long) : sizeof(long);
		p += p[1] == 'l';
		break;
	case 'j': case 'L':
		s->len = *p;
		s->size = sizeof(intmax_t);
		break;
	case 'z': case 't':
		s->len = *p;
		s->size = sizeof(size_t);
		break;
	default:
		return;
	}
	*fmt = p + 1;
}

int uk_fmt_parse(const char **fmt, struct uk_fmt_spec *s)
{
	static const char flags[] = "-+ #0'";
	const char *p = *fmt, *flag;

	s->flags = 0;
	s->width_arg = s->prec_arg = 0;
	s->prec = -1;
	s->arg = position(&p);
	for (; *p && (flag = strchr(flags, *p)); p++)
		s->flags |= (uint8_t)(1u << (flag - flags));
	if (*p == '*') {
		p++;
		s->flags |= UK_FMT_STAR_WIDTH;
		s->width_arg = position(&p);
	}
	s->width = number(&p);
	if (*p == '.') {
		p++;
		if (*p == '*') {
			p++;
			s->flags |= UK_FMT_STAR_PREC;
			s->prec_arg = position(&p);
			s->prec = 0;
		} else {
			s->prec = number(&p);
			if (s->prec < 0)
				return -EOVERFLOW;
		}
	}
	if (s->width < 0)
		return -EOVERFLOW;
	length(&p, s);
	s->conv = *p;
	if (!*p)
		return -EINVAL;
	*fmt = p + 1;
	return 0;
}

int uk_fmt_set_width(struct uk_fmt_spec *s, int width)
{
	if (width < 0)
		s->flags |= UK_FMT_LEFT;
	if (width == INT32_MIN)
		return -EOVERFLOW;
	s->width = width < 0 ? -width : width;
	return 0;
}

void uk_fmt_set_prec(struct uk_fmt_spec *s, int prec)
{
	s->prec = prec < 0 ? -1 : prec;
}

/* Is this one that uk_fmt_value() prints? */
static bool plain(const struct uk_fmt_spec *s)
{
	return s->conv == '%' || (s->len == 'l' ?
		strchr("diuoxXp", s->conv) : strchr("diuoxXpcs", s->conv));
}

static uint64_t fetch(const struct uk_fmt_spec *s, struct uk_fmt_args *args)
{
	if (s->conv == '%')
		return 0;
	if (s->conv == 'p' || s->conv == 's')
		return (uintptr_t)va_arg(args->ap, void *);
	return s->size > sizeof(int) ? va_arg(args->ap, uint64_t) :
				       va_arg(args->ap, unsigned int);
}

static int convert(uk_fmt_hook hook, struct uk_fmt *f, struct uk_fmt_spec *s,
		   struct uk_fmt_args *args)
{
	bool known = plain(s);

	if (hook && (!known || s->conv == 'p')) {
		int rc = hook(f, s, args);

		if (rc != -EINVAL || !known)
			return rc;
	}
	return known ? uk_fmt_value(f, s, fetch(s, args)) : -EINVAL;
}

static int one(uk_fmt_hook hook, struct uk_fmt *f, const char **fmt,
	       struct uk_fmt_args *args)
{
	struct uk_fmt_spec s;
	int rc = uk_fmt_parse(fmt, &s);

	if (rc < 0)
		return rc;
	if (s.arg | s.width_arg | s.prec_arg)
		return -EINVAL;
	if (s.flags & UK_FMT_STAR_WIDTH)
		rc = uk_fmt_set_width(&s, va_arg(args->ap, int));
	if (s.flags & UK_FMT_STAR_PREC)
		uk_fmt_set_prec(&s, va_arg(args->ap, int));
	return rc < 0 ? rc : convert(hook, f, &s, args);
}

int uk_vformat_hook(uk_fmt_hook hook, uk_fmt_put put, void *arg,
		    const char *fmt, va_list ap)
{
	struct uk_fmt f = { .put = put, .arg = arg };
	struct uk_fmt_args args;
	int rc = 0;

	va_copy(args.ap, ap);
	while (*fmt && rc == 0) {
		const char *start = fmt;

		while (*fmt && *fmt != '%')
			fmt++;
		uk_fmt_out(&f, start, (size_t)(fmt - start));
		if (*fmt) {
			fmt++;
			rc = one(hook, &f, &fmt, &args);
		}
	}
	va_end(args.ap);
	if (rc == 0 && f.total > INT32_MAX)
		rc = -EOVERFLOW;
	return rc < 0 ? rc : (int)f.total;
}

int uk_vformat(uk_fmt_put put, void *arg, const char *fmt, va_list ap)
{
	return uk_vformat_hook(NULL, put, arg, fmt, ap);
}
