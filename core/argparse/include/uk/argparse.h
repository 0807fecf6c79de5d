/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The boot command line: words, parameters of libraries, arguments of the
 * application.
 *
 *	netdev.ip=10.0.0.2 debug.level=info -- serve "two words"
 *
 * Everything before a lone -- are parameters, everything behind it is the
 * application's; without one all of it is. Pure functions: no output, no
 * memory but the caller's. core/boot puts them together and says what is
 * wrong; the parameters themselves are declared with <uk/param.h>.
 */
#pragma once

#include <stddef.h>
#include <uk/essentials.h>
#include <uk/param.h>

enum uk_args_fault {
	UK_ARGS_FINE,
	UK_ARGS_QUOTE,		/* a quote that is never closed */
	UK_ARGS_BACKSLASH,	/* a backslash with nothing behind it */
	UK_ARGS_NUL,		/* a NUL inside the line */
	UK_ARGS_MANY,		/* more words than there is room for */
	UK_ARGS_FORM,		/* not library.parameter[=value] */
	UK_ARGS_LIBRARY,	/* no such library takes parameters */
	UK_ARGS_NAME,		/* the library has no such parameter */
	UK_ARGS_TWICE,		/* given a second time */
	UK_ARGS_VALUE,		/* the value is not allowed */
	UK_ARGS_LONG,		/* the value does not fit */
};

struct uk_args_error {
	enum uk_args_fault fault;
	size_t word;			/* which one, counted from 0 */
	const struct uk_param *param;	/* TWICE, VALUE, LONG: which */
};

/*
 * Split `len` bytes at `line` into words. Blanks, tabs and line ends separate;
 * '...' keeps everything, "..." everything but \" and \\, and outside a
 * backslash keeps the next byte. text: len + 1 bytes that the words are
 * written to, each closed by a NUL; argv[i] points to word i, i < max.
 * *n: number of words. 0, or -EINVAL / -E2BIG with *err filled.
 */
UK_CHECK_RESULT
int uk_args_split(const char *line, size_t len, char *text, char **argv,
		  size_t max, size_t *n, struct uk_args_error *err);

/* Number of the first word that is "--", or n. */
size_t uk_args_separator(char *const *argv, size_t n);

/* Column (from 1) at which a word begins; of the line's end if there are
 * fewer words. For messages. */
size_t uk_args_column(const char *line, size_t len, size_t word);

/* A table of parameters, [start, end). */
struct uk_params {
	const struct uk_param *start, *end;
};

/*
 * Check every word against the table; if all are good, apply them in order.
 * 0, or -EINVAL with *err filled and no parameter changed.
 */
UK_CHECK_RESULT
int uk_params_set(const struct uk_params *tab, char *const *words, size_t n,
		  struct uk_args_error *err);

/* What a parameter takes, as "yes or no", "a number from 1 to 9", into buf
 * (size > 0). Returns buf. */
const char *uk_param_form(const struct uk_param *p, char *buf, size_t size);

/* Does the word name this library ("netdev.mtu=1" and "netdev")? */
int uk_param_of_lib(const char *word, const char *lib);
