/* SPDX-License-Identifier: BSD-3-Clause */
/* scanf: fields of characters and integers. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "../stdlib/integer.h"
#include "source.h"

/* ---- characters ------------------------------------------------------ */

static bool in_set(const struct nolibc_field *w, int c)
{
	const char *p;

	for (p = w->set; p < w->set_end; p++) {
		/* "a-z"; a hyphen at either end is a member itself. */
		if (p + 2 < w->set_end && p[1] == '-') {
			if (c >= (unsigned char)p[0] &&
			    c <= (unsigned char)p[2])
				return true;
			p += 2;
		} else if (c == (unsigned char)*p) {
			return true;
		}
	}
	return false;
}

static bool belongs(const struct nolibc_field *w, int c)
{
	if (c == EOF)
		return false;
	if (w->conv == 's')
		return !isspace(c);
	return w->conv == 'c' || in_set(w, c) != w->inverted;
}

/* Where characters go. */
struct sink {
	char *buf;	/* NULL: nowhere */
	size_t n, size;	/* characters in it; room, if it grows */
	size_t unit;	/* bytes of a character */
	bool grows;
};

static bool add(struct sink *to, wchar_t c)
{
	if (to->grows && to->n == to->size) {
		size_t size = to->size ? 2 * to->size : 16;
		char *buf = reallocarray(to->buf, size, to->unit);

		if (!buf)
			return false;
		to->buf = buf;
		to->size = size;
	}
	if (to->buf && to->unit == 1)
		to->buf[to->n] = (char)c;
	else if (to->buf)
		memcpy(to->buf + to->n * to->unit, &c, sizeof(c));
	to->n++;
	return true;
}

/* One character of UTF-8, with its first byte still there. */
static bool take_wide(struct nolibc_source *src, wchar_t *wc)
{
	char bytes[MB_LEN_MAX];
	unsigned int n = 0, len = 1;
	int c = nolibc_peek(src);

	if (c >= 0xc0)
		len = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	while (n < len && (c = nolibc_peek(src)) != EOF) {
		bytes[n++] = (char)c;
		nolibc_take(src);
	}
	return mbtowc(wc, bytes, n) >= 0;
}

int nolibc_scan_text(struct nolibc_source *src, const struct nolibc_field *w,
		     void *dst)
{
	bool wide = w->len == 'l';
	struct sink to = {
		.buf = w->alloc ? NULL : dst,
		.grows = w->alloc,
		.unit = wide ? sizeof(wchar_t) : 1,
	};
	int left = w->width, rc = 0, c;
	wchar_t wc;

	for (; left && belongs(w, c = nolibc_peek(src)); left--) {
		wc = (wchar_t)c;
		if (!wide)
			nolibc_take(src);
		else if (!take_wide(src, &wc))
			rc = NOLIBC_NO_INPUT;
		if (rc == 0 && !add(&to, wc))
			rc = NOLIBC_NO_INPUT;
		if (rc)
			break;
	}
	if (rc == 0 && !to.n)
		rc = NOLIBC_NO_MATCH;
	if (rc == 0 && w->conv != 'c' && !add(&to, 0))
		rc = NOLIBC_NO_INPUT;
	if (!w->alloc)
		return rc;
	if (rc) {
		free(to.buf);
		to.buf = NULL;
	}
	*(char **)dst = to.buf;
	return rc;
}

/* ---- integers -------------------------------------------------------- */

/* The next character if there is room for it. */
static int within(struct nolibc_source *src, int left)
{
	return left ? nolibc_peek(src) : EOF;
}

/* "(nil)", as printf writes a NULL pointer; its first character is there. */
static int scan_nil(struct nolibc_source *src, int left, uint64_t *v)
{
	const char *nil = "(nil)";

	for (; *nil; nil++, left--) {
		if (within(src, left) != *nil)
			return NOLIBC_NO_MATCH;
		nolibc_take(src);
	}
	*v = 0;
	return 0;
}

int nolibc_scan_integer(struct nolibc_source *src, const struct nolibc_field *w,
			uint64_t *v)
{
	bool is_signed = w->conv == 'd' || w->conv == 'i', any = false;
	unsigned int base = w->conv == 'i' ? 0 : w->conv == 'o' ? 8 :
		strchr("du", w->conv) ? 10 : 16;
	struct nolibc_integer n = { 0 };
	int left = w->width;
	int c = within(src, left);

	if (w->conv == 'p' && c == '(')
		return scan_nil(src, left, v);
	if (c == '-' || c == '+') {
		n.negative = c == '-';
		nolibc_take(src);
		c = within(src, --left);
	}
	if (c == '0') {
		any = true;
		nolibc_take(src);
		c = within(src, --left);
		if ((base == 0 || base == 16) && (c == 'x' || c == 'X')) {
			/* Alone this is no number: something must follow. */
			any = false;
			base = 16;
			nolibc_take(src);
			c = within(src, --left);
		} else if (base == 0) {
			base = 8;
		}
	}
	if (base == 0)
		base = 10;
	while (c != EOF && nolibc_add_digit(&n, (char)c, base)) {
		any = true;
		nolibc_take(src);
		c = within(src, --left);
	}
	if (!any)
		return NOLIBC_NO_MATCH;
	*v = is_signed ? (uint64_t)nolibc_to_signed(n, LLONG_MAX) :
			 nolibc_to_unsigned(n, ULLONG_MAX);
	return 0;
}
