/* SPDX-License-Identifier: BSD-3-Clause */
/* The console, not descriptor 2: a call that writes must not trace itself. */
#include <uk/print.h>
#include <uk/str.h>
#include <uk/syscall.h>

#define TEXT 32		/* as much of a text is shown */

static const char *const names[] = {
#include <uk/syscall_name.h>
};

static void argument(char kind, long value)
{
	const char *text = (const char *)value;

	if ((kind == 's' || kind == 'p') && !value)
		uk_print_raw("NULL");
	else if (kind == 's')
		uk_print_raw("\"%.*s\"%s", TEXT, text,
			     strnlen(text, TEXT + 1) > TEXT ? "..." : "");
	else if (kind == 'p')
		uk_print_raw("ptr");
	else
		uk_print_raw("%ld", kind == 'd' ? (long)(int)value : value);
}

void uk_syscall_trace(const char *name, const char *kind, const long *args,
		      const long *ret)
{
	uk_print_raw("%s(", name);
	for (size_t i = 0; kind[i + 1]; i++) {
		if (i)
			uk_print_raw(", ");
		argument(kind[i + 1], args[i]);
	}
	uk_print_raw(") = ");
	if (!ret)
		uk_print_raw("?");
	else if (*ret >= -4095 && *ret < 0)
		uk_print_raw("-1 errno %d", (int)-*ret);
	else
		argument(kind[0], *ret);
	uk_print_raw("\n");
}

void uk_syscall_trace_missing(long n)
{
	if (n >= 0 && (size_t)n < UK_ARRAY_SIZE(names) && names[n])
		uk_print_raw("%s(...) = -1 ENOSYS\n", names[n]);
	else
		uk_print_raw("syscall_%ld(...) = -1 ENOSYS\n", n);
}
