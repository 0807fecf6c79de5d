/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages go straight to the console, in pieces of one small buffer: no
 * line is ever cut, and none needs memory.
 */
#include <uk/config.h>
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/str.h>
#include "screen.h"

#define CHUNK 128

struct sink {
	size_t n;
	char buf[CHUNK];
};

static void sink_flush(struct sink *s)
{
	if (s->n)
		ukplat_console_write(s->buf, s->n);
	s->n = 0;
}

static void sink_put(void *arg, const char *text, size_t len)
{
	struct sink *s = arg;

	while (len) {
		size_t part = UK_MIN(len, CHUNK - s->n);

		memcpy(s->buf + s->n, text, part);
		s->n += part;
		text += part;
		len -= part;
		if (s->n == CHUNK)
			sink_flush(s);
	}
}

/* %p: what a message may show of an address. */
static int pointer(struct uk_fmt *f, const struct uk_fmt_spec *spec,
		   struct uk_fmt_args *args)
{
	char buf[UK_POINTER_MAX];

	if (spec->conv != 'p')
		return -EINVAL;
	uk_pointer_str((uintptr_t)va_arg(args->ap, void *), buf);
	uk_fmt_text(f, spec, buf, strlen(buf));
	return 0;
}

static UK_PRINTF(2, 0) void sink_vprint(struct sink *s, const char *fmt,
					va_list ap)
{
	uk_vformat_hook(pointer, sink_put, s, fmt, ap);
}

void uk_print_into(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct uk_fmt_span span = { buf, size - 1 };

	uk_vformat_hook(pointer, uk_fmt_span_put, &span, fmt, ap);
	*span.at = '\0';
}

static UK_PRINTF(2, 3) void sink_print(struct sink *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	sink_vprint(s, fmt, ap);
	va_end(ap);
}

void uk_vprint_raw(const char *fmt, va_list ap)
{
	struct sink s;

	s.n = 0;
	sink_vprint(&s, fmt, ap);
	sink_flush(&s);
}

void uk_print_raw(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	uk_vprint_raw(fmt, ap);
	va_end(ap);
}

static void prefix(struct sink *s, const char *lib, enum uk_print_level lvl)
{
	static const char *const names[] = {
		"Crit", "Error", "Warning", "Info", "Debug",
	};
#ifdef CONFIG_LIBUKDEBUG_TIMESTAMPS
	unsigned long long us = ukplat_clock_monotonic() / 1000;

	sink_print(s, "[%5llu.%06llu] ", us / 1000000, us % 1000000);
#endif
	sink_print(s, "%s: %s: ", names[lvl], lib);
}

void uk_vprint(const char *lib, enum uk_print_level lvl, const char *fmt,
	       va_list ap)
{
	struct sink s;

	if ((unsigned int)lvl > UK_PRINT_DEBUG || !uk_print_enabled(lib, lvl))
		return;
	s.n = 0;
	prefix(&s, lib, lvl);
	sink_vprint(&s, fmt, ap);
	sink_flush(&s);
}

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	uk_vprint(lib, lvl, fmt, ap);
	va_end(ap);
}
