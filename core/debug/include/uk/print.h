/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of libraries, by level, each with its library's name:
 *   Info: ukalloc: 96 MiB heap
 * and with "[    0.001234] " before it where LIBUKDEBUG_TIMESTAMPS is on.
 * Interrupt-safe, never sleeps, needs no memory. Formats: <uk/fmt.h>.
 * No address in a message: %p prints an image-relative or hashed value unless
 * the image is built with the tainting option LIBUKDEBUG_RAW_POINTERS.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/config.h>
#include <uk/essentials.h>

enum uk_print_level {
	UK_PRINT_CRIT, UK_PRINT_ERR, UK_PRINT_WARN, UK_PRINT_INFO,
	UK_PRINT_DEBUG,
};

#ifndef __LIBNAME__
#define __LIBNAME__ "unknown"
#endif

/* Highest level that is compiled in: from CONFIG_LIBUKDEBUG_PRINT_LEVEL
 * (0 = no message, 1 = critical ... 5 = debug), or the library's own
 * -DUK_PRINT_MAX_LEVEL=n, n of the enumeration above, -1 = no message. */
#ifndef UK_PRINT_MAX_LEVEL
#ifdef CONFIG_LIBUKDEBUG_PRINT_LEVEL
#define UK_PRINT_MAX_LEVEL (CONFIG_LIBUKDEBUG_PRINT_LEVEL - 1)
#else
#define UK_PRINT_MAX_LEVEL UK_PRINT_DEBUG
#endif
#endif

/* lib: name without "lib"; the run-time level of that library decides. */
void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
	UK_PRINTF(3, 4);
void uk_vprint(const char *lib, enum uk_print_level lvl, const char *fmt,
	       va_list ap) UK_PRINTF(3, 0);
/* No prefix, no level: for TAP lines, banners and the crash screen. */
void uk_print_raw(const char *fmt, ...) UK_PRINTF(1, 2);
void uk_vprint_raw(const char *fmt, va_list ap) UK_PRINTF(1, 0);

/* Would a message of `lib` at this level be printed now? */
int uk_print_enabled(const char *lib, enum uk_print_level lvl);

#define UK_PRINT_AT(lvl, ...)						\
	do {								\
		if ((int)(lvl) <= (int)(UK_PRINT_MAX_LEVEL))		\
			uk_print(__LIBNAME__, (lvl), __VA_ARGS__);	\
	} while (0)

#define uk_pr_crit(...) UK_PRINT_AT(UK_PRINT_CRIT, __VA_ARGS__)
#define uk_pr_err(...) UK_PRINT_AT(UK_PRINT_ERR, __VA_ARGS__)
#define uk_pr_warn(...) UK_PRINT_AT(UK_PRINT_WARN, __VA_ARGS__)
#define uk_pr_info(...) UK_PRINT_AT(UK_PRINT_INFO, __VA_ARGS__)
#define uk_pr_debug(...) UK_PRINT_AT(UK_PRINT_DEBUG, __VA_ARGS__)

/* Offset, sixteen bytes in hex, the same as text. Offsets, never addresses; in
 * an image with a random layout "--" stands for words that could be one. */
void uk_hexdump(const void *data, size_t len);

/*
 * An address as a message may show it, into buf (UK_POINTER_MAX bytes):
 * "image+0x1234" inside the image, a number below 64 KiB (4 KiB where the
 * layout is random) as it is, and else
 * "ptr:89abcdef", a keyed hash that is the same for the same address until
 * the next boot ("ptr:hidden" on a machine without entropy). Returns buf.
 * uk_value_str: any number, "0x1f"; where the layout is random, one that could
 * be an address (uk_value_hidden) is shown as such.
 */
#define UK_POINTER_MAX 32
const char *uk_pointer_str(uintptr_t addr, char buf[UK_POINTER_MAX]);
const char *uk_value_str(uint64_t v, char buf[UK_POINTER_MAX]);
bool uk_value_hidden(uint64_t v);
