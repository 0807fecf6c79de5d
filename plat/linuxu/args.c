/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/errno.h>
#include "linuxu.h"

struct writer {
	char *buf;
	size_t n, size;
};

static void put(struct writer *w, char c)
{
	if (w->n < w->size)
		w->buf[w->n] = c;
	w->n++;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool wants_quotes(const char *s)
{
	if (!*s)
		return true;
	for (; *s; s++)
		if (is_blank(*s))
			return true;
	return false;
}

static void put_quoted(struct writer *w, const char *s)
{
	put(w, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			put(w, '\\');
		put(w, *s);
	}
	put(w, '"');
}

long linuxu_args_join(char *const *argv, size_t n, char *buf, size_t size)
{
	struct writer w = { buf, 0, size };
	const char *s;
	size_t i;

	for (i = 0; i < n; i++) {
		if (i)
			put(&w, ' ');
		if (wants_quotes(argv[i]))
			put_quoted(&w, argv[i]);
		else
			for (s = argv[i]; *s; s++)
				put(&w, *s);
	}
	put(&w, '\0');
	return w.n > size ? -E2BIG : (long)(w.n - 1);
}

uint64_t linuxu_size_parse(const char *s)
{
	uint64_t v = 0, unit = 1ull << 20;

	if (!*s)
		return 0;
	for (; *s >= '0' && *s <= '9'; s++) {
		v = v * 10 + (uint64_t)(*s - '0');
		if (v > LINUXU_MEM_MAX)
			return 0;
	}
	switch (*s) {
	case 'K': case 'k':
		unit = 1ull << 10;
		s++;
		break;
	case 'G': case 'g':
		unit = 1ull << 30;
		s++;
		break;
	case 'M': case 'm':
		s++;
		break;
	}
	return *s || v > LINUXU_MEM_MAX / unit ? 0 : v * unit;
}
