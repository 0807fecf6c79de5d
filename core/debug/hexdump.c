/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/print.h>

#define ROW 16

void uk_hexdump(const void *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *p = data;
	char hex[ROW * 3 + 1], text[ROW + 1];
	size_t row, i;

	for (row = 0; row < len; row += ROW) {
		for (i = 0; i < ROW; i++) {
			unsigned char c = row + i < len ? p[row + i] : ' ';
			int there = row + i < len;

			hex[i * 3] = there ? digits[c >> 4] : ' ';
			hex[i * 3 + 1] = there ? digits[c & 15] : ' ';
			hex[i * 3 + 2] = ' ';
			text[i] = c >= 0x20 && c < 0x7f ? (char)c : '.';
		}
		hex[ROW * 3] = '\0';
		text[UK_MIN(len - row, (size_t)ROW)] = '\0';
		uk_print_raw("%08zx  %s |%s|\n", row, hex, text);
	}
}
