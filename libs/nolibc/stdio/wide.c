/* SPDX-License-Identifier: BSD-3-Clause */
/* printf's lc and ls: wide characters as UTF-8. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include "format.h"

/* One character by lc is put out even if it is zero; ls ends there. */
static bool more(const struct uk_fmt_spec *s, const wchar_t *ws, int i)
{
	return s->conv == 'c' ? i < 1 : ws[i] != 0;
}

/* Bytes of the whole characters that fit into the precision. */
static int measure(const struct uk_fmt_spec *s, const wchar_t *ws, int *n_chars)
{
	int prec = s->conv == 'c' ? -1 : s->prec;
	int bytes = 0, len, i;
	char c[MB_LEN_MAX];

	for (i = 0; bytes != prec && more(s, ws, i); i++) {
		len = wctomb(c, ws[i]);
		if (len < 0)
			return -EILSEQ;
		if (prec >= 0 && len > prec - bytes)
			break;
		if (__builtin_add_overflow(bytes, len, &bytes))
			return -EOVERFLOW;
	}
	*n_chars = i;
	return bytes;
}

int nolibc_put_wide(struct uk_fmt *f, const struct uk_fmt_spec *s,
		    const wchar_t *ws)
{
	static const wchar_t null[] = L"(null)";
	int bytes, pad, n_chars = 0, i;
	char c[MB_LEN_MAX];

	if (!ws)
		ws = s->prec < 0 || s->prec >= 6 ? null : L"";
	bytes = measure(s, ws, &n_chars);
	if (bytes < 0)
		return bytes;
	pad = s->width > bytes ? s->width - bytes : 0;
	if (!(s->flags & UK_FMT_LEFT))
		uk_fmt_fill(f, ' ', pad);
	for (i = 0; i < n_chars; i++)
		uk_fmt_out(f, c, (size_t)wctomb(c, ws[i]));
	if (s->flags & UK_FMT_LEFT)
		uk_fmt_fill(f, ' ', pad);
	return 0;
}
