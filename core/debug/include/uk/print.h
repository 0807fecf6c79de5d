/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of libraries, by level, each with its library's name:
 *   [    0.001234] Info: ukalloc: 96 MiB heap
 * Interrupt-safe, never sleeps, needs no memory. Formats: <uk/fmt.h>.
 * No address in a message: %p prints an image-relative or hashed value unless
 * the image is built with the tainting option LIBUKDEBUG_RAW_POINTERS.
 */
#pragma once

#include <stdarg.h>
#include <uk/essentials.h>

enum uk_print_level {
	UK_PRINT_CRIT, UK_PRINT_ERR, UK_PRINT_WARN, UK_PRINT_INFO,
	UK_PRINT_DEBUG,
};

#ifndef __LIBNAME__
#define __LIBNAME__ "unknown"
#endif

/* Highest level that is compiled in: CONFIG_LIBUKDEBUG_PRINT_LEVEL, or the
 * library's own -DUK_PRINT_MAX_LEVEL=n. */
#ifndef UK_PRINT_MAX_LEVEL
#define UK_PRINT_MAX_LEVEL UK_PRINT_DEBUG
#endif

/* lib: name without "lib"; the run-time level of that library decides. */
void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
	UK_PRINTF(3, 4);
void uk_vprint(const char *lib, enum uk_print_level lvl, const char *fmt,
	       va_list ap) UK_PRINTF(3, 0);
/* No prefix, no level: for TAP lines, banners and the crash screen. */
void uk_print_raw(const char *fmt, ...) UK_PRINTF(1, 2);

#define UK_PRINT_AT(lvl, ...)						\
	do {								\
		if ((lvl) <= UK_PRINT_MAX_LEVEL)			\
			uk_print(__LIBNAME__, (lvl), __VA_ARGS__);	\
	} while (0)

#define uk_pr_crit(...) UK_PRINT_AT(UK_PRINT_CRIT, __VA_ARGS__)
#define uk_pr_err(...) UK_PRINT_AT(UK_PRINT_ERR, __VA_ARGS__)
#define uk_pr_warn(...) UK_PRINT_AT(UK_PRINT_WARN, __VA_ARGS__)
#define uk_pr_info(...) UK_PRINT_AT(UK_PRINT_INFO, __VA_ARGS__)
#define uk_pr_debug(...) UK_PRINT_AT(UK_PRINT_DEBUG, __VA_ARGS__)

/* Offset, sixteen bytes in hex, the same as text; offsets, never addresses. */
void uk_hexdump(const void *data, size_t len);
