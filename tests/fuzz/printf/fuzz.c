/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * printf of nolibc with any format. The input is a format, a zero byte and the
 * bytes of values.
 *
 *  - The whole format, as it is, with arguments that may be read as anything:
 *    no crash, no byte behind the buffer, the same result for any size of it.
 *  - Each conversion of it that C defines, by itself, with a value from the
 *    input: the same text as the host's.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

extern int nl_snprintf(char *buf, size_t size, const char *fmt, ...);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_FORMAT 200
#define MAX_OUT 70000
static char mine[MAX_OUT], theirs[MAX_OUT];

/* ---- the whole format ------------------------------------------------ */

/* The address of a short string that is also a small width and a letter. */
#define PAGE 0x10000ul
#define LOW (PAGE + 'D')

static void map_low(void)
{
	static char *p;

	if (p)
		return;
	p = mmap((void *)PAGE, 4096, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (p != (char *)PAGE)
		abort();
	/* As wide characters: 'a', U+20AC, and the end */
	memcpy(p + (LOW - PAGE), "a\0\0\0\xac\x20\0\0\0\0\0", 12);
}

/* No more arguments than are passed, no width that takes forever. */
static int bearable(const char *fmt)
{
	int args = 0, digits = 0;

	for (; *fmt; fmt++) {
		args += *fmt == '%' || *fmt == '*';
		digits = *fmt >= '0' && *fmt <= '9' ? digits + 1 : 0;
		if (digits > 4)
			return 0;
	}
	return args <= 16;
}

#define P (void *)LOW
#define ALL P, P, P, 1.5, -0.0, 1e300, 1e-310, 3.0, 4.0, 5.0, 6.0, P, P, P, P, \
	P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P

static void any_format(const char *fmt)
{
	size_t size = 40;
	int n, m;

	if (!bearable(fmt))
		return;
	map_low();
	memset(mine, '#', size + 1);
	n = nl_snprintf(mine, size, fmt, ALL);
	if (mine[size] != '#' || strnlen(mine, size) == size)
		abort();
	if (n >= 0 && strlen(mine) != (n < (int)size ? (size_t)n : size - 1))
		abort();
	m = nl_snprintf(NULL, 0, fmt, ALL);
	if (n != m)
		abort();
}

/* ---- one conversion -------------------------------------------------- */

struct input {
	const uint8_t *p;
	size_t left;
};

static void take(struct input *in, void *to, size_t n)
{
	memset(to, 0, n);
	if (n > in->left)
		n = in->left;
	memcpy(to, in->p, n);
	in->p += n;
	in->left -= n;
}

/* A copy of the specification at *p if C defines what it does: its letter, and
 * 'l', 'L' or 0 in *len. 0: not defined, or dull. */
static char defined(const char *p, char *spec, char *len)
{
	static const char *const lengths[] = {
		"hh", "h", "l", "ll", "j", "z", "t", "L", "",
	};
	const char *start = p, *conv, *ok;
	char length[4];
	size_t flags, n;
	int i;

	flags = strspn(p, "-+ #0");
	p += flags;
	n = strspn(p, "0123456789");
	if (n > 4)
		return 0;
	p += n;
	if (*p == '.') {
		p++;
		n = strspn(p, "0123456789");
		if (n > 4)
			return 0;
		p += n;
	}
	conv = p + strspn(p, "hlqjztL");
	*len = conv == p ? 0 : *p;
	if (!*conv || conv - p > 2 || conv - start > 30)
		return 0;
	ok = strchr("di", *conv) ? "-+ 0" : *conv == 'u' ? "-0" :
	     strchr("oxX", *conv) ? "-#0" : strchr("cs", *conv) ? "-" :
	     strchr("gG", *conv) ? "-+ 0" : strchr("aAeEfF", *conv) ? "-+ #0" :
	     NULL;
	if (!ok || strspn(start, ok) < flags)
		return 0;
	snprintf(length, sizeof(length), "%.*s", (int)(conv - p), p);
	for (i = 0; strcmp(lengths[i], length); i++)
		if (!lengths[i][0])
			return 0;
	if (strchr("cs", *conv) && *length)
		return 0;
	if (*conv == 'c' && strchr(".", p[-1]))
		return 0;
	if (strchr("aAeEfFgG", *conv) ? !strchr("lL", *length) || length[1] :
					*length == 'L')
		return 0;
	sprintf(spec, "%%%.*s", (int)(conv + 1 - start), start);
	return *conv;
}

#define SAME(value)							\
	do {								\
		int n = nl_snprintf(mine, MAX_OUT, spec, value);	\
		int m = snprintf(theirs, MAX_OUT, spec, value);		\
		if (n != m || strcmp(mine, theirs)) {			\
			fprintf(stderr, "%s: \"%s\" %d, wanted \"%s\" %d\n", \
				spec, mine, n, theirs, m);		\
			abort();					\
		}							\
	} while (0)

static void one_conversion(const char *p, struct input *in)
{
	char spec[40], len, text[9] = "";
	union {
		uint64_t u;
		double d;
		long double ld;
		struct { uint64_t m; uint16_t e; } x;
	} v = { 0 };

	switch (defined(p, spec, &len)) {
	case 0:
		return;
	case 'c':
		take(in, &v, 1);
		SAME((int)(v.u ? v.u : 'x'));
		return;
	case 's':
		take(in, text, sizeof(text) - 1);
		SAME(text);
		return;
	case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
		take(in, &v, 8);
		if (len && len != 'h')
			SAME(v.u);
		else
			SAME((unsigned int)v.u);
		return;
	}
	take(in, &v, len == 'L' ? 10 : 8);
	if (len != 'L') {
		SAME(v.d);
		return;
	}
	/* Only encodings that the FPU makes itself */
	if (v.x.e & 0x7fff)
		v.x.m |= 1ull << 63;
	else
		v.x.m &= ~(1ull << 63);
	SAME(v.ld);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memchr(data, 0, size);
	size_t len = end ? (size_t)(end - data) : size;
	struct input in;
	char fmt[MAX_FORMAT + 1];
	const char *p;

	if (len > MAX_FORMAT)
		return 0;
	memcpy(fmt, data, len);
	fmt[len] = 0;
	in.p = data + len + !!end;
	in.left = size - len - !!end;
	any_format(fmt);
	for (p = strchr(fmt, '%'); p; p = strchr(p, '%'))
		one_conversion(++p, &in);
	return 0;
}
