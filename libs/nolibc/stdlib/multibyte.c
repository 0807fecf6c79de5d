/* SPDX-License-Identifier: BSD-3-Clause */
/* UTF-8 to wide characters and back. Overlong forms, surrogates and what is
 * beyond U+10FFFF are refused in both directions. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

static int refuse(void)
{
	errno = EILSEQ;
	return -1;
}

int wctomb(char *s, wchar_t wc)
{
	uint32_t c = (uint32_t)wc;
	int n, i;

	if (!s)
		return 0;
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return refuse();
	if (c < 0x80) {
		*s = (char)c;
		return 1;
	}
	n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (i = n - 1; i > 0; i--, c >>= 6)
		s[i] = (char)(0x80 | (c & 0x3f));
	s[0] = (char)((0xf00u >> n) | c);
	return n;
}

int mbtowc(wchar_t *__restrict wc, const char *__restrict s, size_t n)
{
	static const uint32_t least[] = { 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	uint32_t c;
	size_t len, i;

	if (!s)
		return 0;
	if (!n)
		return refuse();
	if (p[0] < 0x80) {
		if (wc)
			*wc = p[0];
		return p[0] != 0;
	}
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return refuse();
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (len > n)
		return refuse();
	c = p[0] & (0x7fu >> len);
	for (i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return refuse();
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[len - 2] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return refuse();
	if (wc)
		*wc = (wchar_t)c;
	return (int)len;
}

int mblen(const char *s, size_t n)
{
	return mbtowc(NULL, s, n);
}

size_t mbstowcs(wchar_t *__restrict dst, const char *__restrict src, size_t n)
{
	size_t done;

	for (done = 0; !dst || done < n; done++) {
		wchar_t wc = 0;
		int len = mbtowc(&wc, src, 4);

		if (len < 0)
			return (size_t)-1;
		if (dst)
			dst[done] = wc;
		if (!len)
			break;
		src += len;
	}
	return done;
}

size_t wcstombs(char *__restrict dst, const wchar_t *__restrict src, size_t n)
{
	size_t done = 0;
	char c[4];
	int len, i;

	for (;; src++) {
		len = wctomb(c, *src);
		if (len < 0)
			return (size_t)-1;
		if (dst && n - done < (size_t)len)
			return done;
		if (dst)
			for (i = 0; i < len; i++)
				dst[done + (size_t)i] = c[i];
		if (!*src)
			return done;
		done += (size_t)len;
	}
}
