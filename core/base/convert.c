/* SPDX-License-Identifier: BSD-3-Clause */
/* The formatter: one value each, and what hooks build theirs from. */
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/str.h>

void uk_fmt_out(struct uk_fmt *f, const char *s, size_t n)
{
	if (n)
		f->put(f->arg, s, n);
	f->total += n;
}

void uk_fmt_fill(struct uk_fmt *f, char c, int n)
{
	static const char blanks[] = "                ";
	static const char zeros[] = "0000000000000000";
	const int max = sizeof(blanks) - 1;

	for (; n > 0; n -= max)
		uk_fmt_out(f, c == '0' ? zeros : blanks,
			   (size_t)(n < max ? n : max));
}

void uk_fmt_text(struct uk_fmt *f, const struct uk_fmt_spec *s,
		 const char *text, size_t n)
{
	int pad = n < (size_t)s->width ? s->width - (int)n : 0;

	if (!(s->flags & UK_FMT_LEFT))
		uk_fmt_fill(f, ' ', pad);
	uk_fmt_out(f, text, n);
	if (s->flags & UK_FMT_LEFT)
		uk_fmt_fill(f, ' ', pad);
}

static void put_string(struct uk_fmt *f, const struct uk_fmt_spec *s,
		       const char *text)
{
	if (!text)
		text = s->prec < 0 || s->prec >= 6 ? "(null)" : "";
	uk_fmt_text(f, s, text, strnlen(text, (size_t)s->prec));
}

const char *uk_fmt_sign(const struct uk_fmt_spec *s, bool negative)
{
	if (negative)
		return "-";
	if (s->flags & UK_FMT_PLUS)
		return "+";
	return s->flags & UK_FMT_SPACE ? " " : "";
}

/* prefix, zeroes up to the precision or the width, digits; padded. */
static void put_number(struct uk_fmt *f, const struct uk_fmt_spec *s,
		       const char *prefix, const char *digits, int n)
{
	int prefix_len = (int)strlen(prefix), zeros, pad;

	zeros = s->prec > n ? s->prec - n : 0;
	pad = s->width - prefix_len - n - zeros;
	if (s->width < prefix_len + n || pad < 0)
		pad = 0;
	if (s->prec < 0 && (s->flags & (UK_FMT_ZERO | UK_FMT_LEFT)) ==
	    UK_FMT_ZERO) {
		zeros = pad;
		pad = 0;
	}
	if (!(s->flags & UK_FMT_LEFT))
		uk_fmt_fill(f, ' ', pad);
	uk_fmt_out(f, prefix, (size_t)prefix_len);
	uk_fmt_fill(f, '0', zeros);
	uk_fmt_out(f, digits, (size_t)n);
	if (s->flags & UK_FMT_LEFT)
		uk_fmt_fill(f, ' ', pad);
}

static void put_int(struct uk_fmt *f, const struct uk_fmt_spec *s, uint64_t v)
{
	char buf[24]; /* 64 bits in octal are 22 digits */
	char *end = buf + sizeof(buf), *p = end;
	unsigned int cut = 64 - 8u * s->size;
	const char *prefix = "";
	unsigned int shift = 0;

	v <<= cut;
	if (s->conv == 'd' || s->conv == 'i') {
		bool negative = (int64_t)v < 0;

		v = negative ? -(uint64_t)((int64_t)v >> cut) : v >> cut;
		prefix = uk_fmt_sign(s, negative);
	} else {
		v >>= cut;
		if (s->conv == 'o')
			shift = 3;
		else if (s->conv != 'u')
			shift = 4;
	}
	if (shift == 4 && v && (s->flags & UK_FMT_ALT))
		prefix = s->conv == 'X' ? "0X" : "0x";

	if (shift) {
		const char *set = s->conv == 'X' ? "0123456789ABCDEF" :
						   "0123456789abcdef";

		for (; v; v >>= shift)
			*--p = set[v & ((1u << shift) - 1)];
		/* One of the zeroes that a precision asks for, if it does. */
		if (shift == 3 && (s->flags & UK_FMT_ALT))
			*--p = '0';
	} else {
		for (; v; v /= 10)
			*--p = (char)('0' + v % 10);
	}
	if (p == end && s->prec != 0)
		*--p = '0';
	put_number(f, s, prefix, p, (int)(end - p));
}

static void put_pointer(struct uk_fmt *f, const struct uk_fmt_spec *s,
			uintptr_t v)
{
	struct uk_fmt_spec hex = *s;

	if (!v) {
		uk_fmt_text(f, s, "(nil)", 5);
		return;
	}
	hex.conv = 'x';
	hex.size = sizeof(v);
	hex.flags |= UK_FMT_ALT;
	put_int(f, &hex, v);
}

int uk_fmt_value(struct uk_fmt *f, const struct uk_fmt_spec *s, uint64_t v)
{
	char c = (char)v;

	switch (s->conv) {
	case '%':
		uk_fmt_out(f, "%", 1);
		return 0;
	case 'c':
		uk_fmt_text(f, s, &c, 1);
		return 0;
	case 's':
		put_string(f, s, (const char *)(uintptr_t)v);
		return 0;
	case 'p':
		put_pointer(f, s, (uintptr_t)v);
		return 0;
	case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
		put_int(f, s, v);
		return 0;
	}
	return -EINVAL;
}
