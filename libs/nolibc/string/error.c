/* SPDX-License-Identifier: BSD-3-Clause */
/* Texts of errors. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <uk/essentials.h>
#include "error.h"

/* All texts in one string, NUL between them, in the order of the numbers: no
 * table of pointers to relocate. A number without a name is an empty text. */
static const char texts[] =
#define ERROR(num, text) text "\0"
	ERRORS
#undef ERROR
	;

static const char *find(int errnum)
{
	const char *p = texts;

	if (errnum < 0)
		return "";
	while (errnum-- && p < texts + sizeof(texts) - 1)
		p += strlen(p) + 1;
	return p;
}

int strerror_r(int errnum, char *buf, size_t size)
{
	const char *text = find(errnum);
	int n = *text ? snprintf(buf, size, "%s", text) :
			snprintf(buf, size, "Unknown error %d", errnum);

	if (!*text)
		return EINVAL;
	return (size_t)n < size ? 0 : ERANGE;
}

char *strerror(int errnum)
{
	static __thread char buf[32];
	const char *text = find(errnum);

	if (*text)
		return (char *)(uintptr_t)text;
	snprintf(buf, sizeof(buf), "Unknown error %d", errnum);
	return buf;
}
