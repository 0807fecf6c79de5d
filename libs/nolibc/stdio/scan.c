/* SPDX-License-Identifier: BSD-3-Clause */
/* scanf: the walk through a format. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <uk/config.h>
#include "format.h"
#include "source.h"

int nolibc_peek(struct nolibc_source *src)
{
	if (src->s)
		return *src->s ? (unsigned char)*src->s : EOF;
	return ungetc(fgetc(src->f), src->f);
}

void nolibc_take(struct nolibc_source *src)
{
	if (src->s)
		src->s++;
	else
		fgetc(src->f);
	src->count++;
}

static void skip_space(struct nolibc_source *src)
{
	while (isspace(nolibc_peek(src)))
		nolibc_take(src);
}

/* "[^]a-z]": *p is behind the bracket. false: it never closes. */
static bool read_set(const char **p, struct nolibc_field *w)
{
	const char *q = *p;

	w->inverted = *q == '^';
	if (w->inverted)
		q++;
	w->set = q;
	/* A bracket that comes first is a member. */
	w->set_end = strchr(*q ? q + 1 : q, ']');
	if (!w->set_end)
		return false;
	*p = w->set_end + 1;
	return true;
}

/* What stands behind the '%'. The letters of printf, with fewer flags. */
static bool read_field(const char **fmt, struct nolibc_field *w)
{
	struct uk_fmt_spec s;
	const char *p = *fmt;

	memset(w, 0, sizeof(*w));
	w->drop = *p == '*';
	p += w->drop;
	if (*p == '0' || (isdigit((unsigned char)*p) == 0 &&
			  strchr("-+ #'*.", *p)))
		return false;
	/* 'm' stands between width and length. */
	w->width = 0;
	for (; isdigit((unsigned char)*p); p++) {
		if (w->width > (INT_MAX - 9) / 10)
			return false;
		w->width = w->width * 10 + (*p - '0');
	}
	w->alloc = *p == 'm';
	p += w->alloc;
	if (uk_fmt_parse(&p, &s) < 0 || s.flags || s.width || s.prec >= 0 ||
	    s.arg)
		return false;
	w->conv = s.conv;
	w->len = s.len;
	if (s.conv == '[' && !read_set(&p, w))
		return false;
	if (w->alloc && (w->drop || !strchr("cs[", s.conv)))
		return false;
	if (!w->width)
		w->width = s.conv == 'c' ? 1 : INT_MAX;
	*fmt = p;
	return true;
}

static void store(void *dst, char len, uint64_t v)
{
	switch (len) {
	case 'H':
		*(unsigned char *)dst = (unsigned char)v;
		break;
	case 'h':
		*(unsigned short *)dst = (unsigned short)v;
		break;
	case 0:
		*(unsigned int *)dst = (unsigned int)v;
		break;
	case 'l':
		*(unsigned long *)dst = (unsigned long)v;
		break;
	case 'z': case 't':
		*(size_t *)dst = (size_t)v;
		break;
	default:	/* ll, j, L */
		*(uint64_t *)dst = v;
	}
}

/* One field; *stored: has it been counted? */
static int convert(struct nolibc_source *src, struct nolibc_field *w,
		   struct uk_fmt_args *args, int *stored)
{
	void *dst = NULL;
	uint64_t v;
	int rc;

	if (!strchr("c[n", w->conv))
		skip_space(src);
	if (w->conv == '%') {
		rc = nolibc_peek(src);
		if (rc != '%')
			return rc == EOF ? NOLIBC_NO_INPUT : NOLIBC_NO_MATCH;
		nolibc_take(src);
		return 0;
	}
	if (!w->drop)
		dst = va_arg(args->ap, void *);
	if (w->conv == 'n') {
		if (dst)
			store(dst, w->len, (uint64_t)src->count);
		return 0;
	}
	if (nolibc_peek(src) == EOF)
		return NOLIBC_NO_INPUT;
	if (strchr("cs[", w->conv)) {
		rc = nolibc_scan_text(src, w, dst);
	} else if (strchr("diouxXp", w->conv)) {
		rc = nolibc_scan_integer(src, w, &v);
		if (rc == 0 && dst)
			store(dst, w->conv == 'p' ? 'z' : w->len, v);
#ifdef CONFIG_LIBNOLIBC_FLOAT
	} else if (nolibc_is_float(w->conv)) {
		rc = nolibc_scan_real(src, w, dst);
#endif
	} else {
		return NOLIBC_NO_MATCH;
	}
	*stored += rc == 0 && dst;
	return rc;
}

static int scan(struct nolibc_source *src, const char *fmt, va_list ap)
{
	struct uk_fmt_args args;
	struct nolibc_field w;
	int rc = 0, stored = 0;

	va_copy(args.ap, ap);
	while (*fmt && rc == 0) {
		if (isspace((unsigned char)*fmt)) {
			skip_space(src);
			fmt++;
		} else if (*fmt == '%') {
			fmt++;
			if (!read_field(&fmt, &w))
				rc = NOLIBC_NO_MATCH;
			else
				rc = convert(src, &w, &args, &stored);
		} else {
			int c = nolibc_peek(src);

			if (c != (unsigned char)*fmt++)
				rc = c == EOF ? NOLIBC_NO_INPUT :
						NOLIBC_NO_MATCH;
			else
				nolibc_take(src);
		}
	}
	va_end(args.ap);
	return rc == NOLIBC_NO_INPUT && !stored ? EOF : stored;
}

int vsscanf(const char *__restrict s, const char *__restrict fmt, va_list ap)
{
	struct nolibc_source src = { .s = s };

	return scan(&src, fmt, ap);
}

int sscanf(const char *__restrict s, const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vsscanf(s, fmt, ap);
	va_end(ap);
	return rc;
}

int vfscanf(FILE *__restrict f, const char *__restrict fmt, va_list ap)
{
	struct nolibc_source src = { .f = f };

	return scan(&src, fmt, ap);
}

int fscanf(FILE *__restrict f, const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vfscanf(f, fmt, ap);
	va_end(ap);
	return rc;
}

int vscanf(const char *__restrict fmt, va_list ap)
{
	return vfscanf(stdin, fmt, ap);
}

int scanf(const char *__restrict fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vscanf(fmt, ap);
	va_end(ap);
	return rc;
}
