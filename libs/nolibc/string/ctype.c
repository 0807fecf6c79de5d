/* SPDX-License-Identifier: BSD-3-Clause */
/* Character classes: ranges of ASCII, so comparisons and no table. */
#include <ctype.h>

static inline int between(int c, int low, int high)
{
	return (unsigned int)c - (unsigned int)low <=
	       (unsigned int)high - (unsigned int)low;
}

int isdigit(int c)
{
	return between(c, '0', '9');
}

int islower(int c)
{
	return between(c, 'a', 'z');
}

int isupper(int c)
{
	return between(c, 'A', 'Z');
}

int isalpha(int c)
{
	return islower(c | 0x20);
}

int isalnum(int c)
{
	return isalpha(c) || isdigit(c);
}

int isascii(int c)
{
	return between(c, 0, 0x7f);
}

int isblank(int c)
{
	return c == ' ' || c == '\t';
}

int iscntrl(int c)
{
	return between(c, 0, 0x1f) || c == 0x7f;
}

int isgraph(int c)
{
	return between(c, '!', '~');
}

int isprint(int c)
{
	return between(c, ' ', '~');
}

int ispunct(int c)
{
	return isgraph(c) && !isalnum(c);
}

int isspace(int c)
{
	return c == ' ' || between(c, '\t', '\r');
}

int isxdigit(int c)
{
	return isdigit(c) || between(c | 0x20, 'a', 'f');
}

int toascii(int c)
{
	return c & 0x7f;
}

int tolower(int c)
{
	return isupper(c) ? c | 0x20 : c;
}

int toupper(int c)
{
	return islower(c) ? c & ~0x20 : c;
}
