/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * scanf: floating point. C takes the longest run of characters that could
 * begin a number, and only then looks whether it is one ("1e+" is not).
 */
#include <ctype.h>
#include "../stdlib/real.h"
#include "source.h"

/* Longest number from a stream; from a string there is no limit. */
#define STREAM_MAX 128

struct item {
	struct nolibc_source *src;
	int left;		/* of the width */
	int n;			/* characters so far */
	char buf[STREAM_MAX];	/* of a stream */
};

static int next(const struct item *it)
{
	return it->left ? nolibc_peek(it->src) : EOF;
}

static void take(struct item *it)
{
	if (it->n < STREAM_MAX)
		it->buf[it->n] = (char)next(it);
	it->n++;
	it->left--;
	nolibc_take(it->src);
}

static bool take_if(struct item *it, char a, char b)
{
	int c = next(it);

	if (c != a && c != b)
		return false;
	take(it);
	return true;
}

/* A word, as far as it goes. */
static void take_word(struct item *it, const char *word)
{
	for (; *word; word++)
		if (!take_if(it, *word, (char)(*word & ~0x20)))
			return;
}

static void take_digits(struct item *it, bool hex)
{
	bool point = false;

	for (;;) {
		int c = next(it);

		if (c == '.' && !point)
			point = true;
		else if (hex ? !isxdigit(c) : !isdigit(c))
			return;
		take(it);
	}
}

static void take_number(struct item *it)
{
	bool hex = take_if(it, '0', '0') && take_if(it, 'x', 'X');

	take_digits(it, hex);
	if (!take_if(it, hex ? 'p' : 'e', hex ? 'P' : 'E'))
		return;
	if (!take_if(it, '+', '-') && !isdigit(next(it)))
		return;
	while (isdigit(next(it)))
		take(it);
}

static void take_item(struct item *it)
{
	int c;

	take_if(it, '+', '-');
	c = next(it) | 0x20;
	if (c == 'i') {
		take_word(it, "infinity");
	} else if (c == 'n') {
		take_word(it, "nan");
		if (next(it) != '(' || it->n < 3)
			return;
		do
			take(it);
		while (isalnum(next(it)) || next(it) == '_');
		take_if(it, ')', ')');
	} else if (next(it) != EOF) {
		take_number(it);
	}
}

int nolibc_scan_real(struct nolibc_source *src, const struct nolibc_field *w,
		     void *dst)
{
	struct item it = { .src = src, .left = w->width };
	const char *start = src->s ? src->s : it.buf, *limit, *end;
	struct nolibc_real r = w->len == 'L' ? NOLIBC_LDOUBLE :
		w->len == 'l' ? NOLIBC_DOUBLE : NOLIBC_FLOAT;
	struct nolibc_encoded x;

	take_item(&it);
	if (!src->s && it.n > STREAM_MAX)
		return NOLIBC_NO_MATCH;
	limit = start + it.n;
	x = nolibc_read_real(r, start, limit, &end);
	if (!it.n || end != limit)
		return NOLIBC_NO_MATCH;
	if (!dst)
		return 0;
	if (w->len == 'L')
		*(long double *)dst = nolibc_to_ldouble(x);
	else if (w->len == 'l')
		*(double *)dst = nolibc_to_double(x);
	else
		*(float *)dst = nolibc_to_float(x);
	return 0;
}
