/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/print.h>

#define ROW 16

/* Does byte p[i] belong to a word that must not be shown? Words lie where the
 * CPU's do; what is cut off at either end may be half of one. */
static bool hidden(const unsigned char *p, size_t i, size_t len)
{
	size_t at = i - ((uintptr_t)(p + i) & (sizeof(uint64_t) - 1));
	uint64_t v = 0;
	size_t n;

	for (n = sizeof(v); n-- > 0;)
		v = v << 8 | (at + n < len ? p[at + n] : 0);
	return uk_value_hidden(v);
}

void uk_hexdump(const void *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *p = data;
	char hex[ROW * 3 + 1], text[ROW + 1];
	size_t row, i;

	for (row = 0; row < len; row += ROW) {
		for (i = 0; i < ROW; i++) {
			bool there = row + i < len;
			bool no = there && hidden(p, row + i, len);
			unsigned char c = there && !no ? p[row + i] : ' ';

			hex[i * 3] = no ? '-' : there ? digits[c >> 4] : ' ';
			hex[i * 3 + 1] = no ? '-' :
					 there ? digits[c & 15] : ' ';
			hex[i * 3 + 2] = ' ';
			text[i] = no ? '-' :
				  c >= 0x20 && c < 0x7f ? (char)c : '.';
		}
		hex[ROW * 3] = '\0';
		text[UK_MIN(len - row, (size_t)ROW)] = '\0';
		uk_print_raw("%08zx  %s |%s|\n", row, hex, text);
	}
}
