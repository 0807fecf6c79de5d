/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Formats that name their arguments by number. A first walk learns the type of
 * each, so that they can be fetched in order; a second one prints.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <uk/config.h>
#include <wchar.h>
#include "format.h"

enum type { NONE, INT, LONG_LONG, POINTER, DOUBLE, LONG_DOUBLE };

union value {
	uint64_t u;
	const void *p;
	double d;
	long double ld;
};

struct arguments {
	enum type type[NL_ARGMAX];
	union value value[NL_ARGMAX];
};

static enum type type_of(const struct uk_fmt_spec *s)
{
	if (nolibc_is_float(s->conv))
		return s->len == 'L' ? LONG_DOUBLE : DOUBLE;
	if (s->conv == 's' || s->conv == 'p')
		return POINTER;
	if (!strchr("diuoxXc", s->conv))
		return NONE;
	return s->conv != 'c' && s->size > sizeof(int) ? LONG_LONG : INT;
}

/* Argument n, if there is one, is of this type, and of no other. */
static int note(struct arguments *a, unsigned int n, enum type type)
{
	if (n > NL_ARGMAX || type == NONE)
		return -EINVAL;
	if (a->type[n - 1] != NONE && a->type[n - 1] != type)
		return -EINVAL;
	a->type[n - 1] = type;
	return 0;
}

static int learn(struct arguments *a, const struct uk_fmt_spec *s)
{
	int rc;

	if (s->conv == '%')
		return 0;
	if (!s->arg || (s->flags & UK_FMT_STAR_WIDTH && !s->width_arg) ||
	    (s->flags & UK_FMT_STAR_PREC && !s->prec_arg))
		return -EINVAL;
	nolibc_refuse(s->conv);
	rc = note(a, s->arg, type_of(s));
	if (rc == 0 && s->width_arg)
		rc = note(a, s->width_arg, INT);
	if (rc == 0 && s->prec_arg)
		rc = note(a, s->prec_arg, INT);
	return rc;
}

/* A number that nobody uses ends the list: what is behind it has no place. */
static int fetch(struct arguments *a, struct uk_fmt_args *args)
{
	unsigned int i, n = NL_ARGMAX;

	while (n && a->type[n - 1] == NONE)
		n--;
	for (i = 0; i < n; i++) {
		switch (a->type[i]) {
		case NONE:
			return -EINVAL;
		case INT:
			a->value[i].u = va_arg(args->ap, unsigned int);
			break;
		case LONG_LONG:
			a->value[i].u = va_arg(args->ap, uint64_t);
			break;
		case POINTER:
			a->value[i].p = va_arg(args->ap, void *);
			break;
		case DOUBLE:
			a->value[i].d = va_arg(args->ap, double);
			break;
		case LONG_DOUBLE:
			a->value[i].ld = va_arg(args->ap, long double);
			break;
		}
	}
	return 0;
}

static int show(struct uk_fmt *f, struct uk_fmt_spec *s,
		const struct arguments *a)
{
	const union value *v = &a->value[s->arg ? s->arg - 1 : 0];
	int rc;

	if (s->width_arg) {
		rc = uk_fmt_set_width(s, (int)a->value[s->width_arg - 1].u);
		if (rc < 0)
			return rc;
	}
	if (s->prec_arg)
		uk_fmt_set_prec(s, (int)a->value[s->prec_arg - 1].u);
	if (s->conv == 's' && s->len == 'l')
		return nolibc_put_wide(f, s, v->p);
	if (s->conv == 'c' && s->len == 'l') {
		wchar_t ws[2] = { (wchar_t)v->u, 0 };

		return nolibc_put_wide(f, s, ws);
	}
#ifdef CONFIG_LIBNOLIBC_FLOAT
	if (nolibc_is_float(s->conv))
		return s->len == 'L' ? nolibc_put_ldouble(f, s, v->ld) :
				       nolibc_put_double(f, s, v->d);
#endif
	return uk_fmt_value(f, s, s->conv == 's' || s->conv == 'p' ?
				  (uintptr_t)v->p : v->u);
}

/* One walk: with f, print; without, learn. */
static int walk(const char *fmt, struct uk_fmt *f, struct arguments *a)
{
	struct uk_fmt_spec s;
	int rc = 0;

	while (*fmt && rc == 0) {
		const char *end = strchrnul(fmt, '%');

		if (f)
			uk_fmt_out(f, fmt, (size_t)(end - fmt));
		if (!*end)
			break;
		fmt = end + 1;
		rc = uk_fmt_parse(&fmt, &s);
		if (rc == 0)
			rc = f ? show(f, &s, a) : learn(a, &s);
	}
	return rc;
}

int nolibc_vformat_numbered(uk_fmt_put put, void *arg, const char *fmt,
			    va_list ap)
{
	struct uk_fmt f = { .put = put, .arg = arg };
	struct arguments a = { .type = { NONE } };
	struct uk_fmt_args args;
	int rc;

	va_copy(args.ap, ap);
	rc = walk(fmt, NULL, &a);
	if (rc == 0)
		rc = fetch(&a, &args);
	if (rc == 0)
		rc = walk(fmt, &f, &a);
	va_end(args.ap);
	if (rc == 0 && f.total > INT_MAX)
		rc = -EOVERFLOW;
	return rc < 0 ? rc : (int)f.total;
}
