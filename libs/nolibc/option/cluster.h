/* SPDX-License-Identifier: BSD-3-Clause */
/* Between getopt.c and long.c. */
#pragma once

#include <getopt.h>
#include <stdbool.h>

struct nolibc_options {
	int argc;
	char **argv;
	const char *optstring;	/* without '+' and '-' in front */
	bool in_order;		/* '-': operands are options, too */
	bool stop;		/* '+': the first operand ends the options */
	bool colon;		/* ':': be silent, report a missing argument */
	const struct option *longopts;
	int *longindex;
	bool long_only;
};

/* One call of any getopt. */
int nolibc_getopt(struct nolibc_options *o);
/* The element argv[optind] as a long option whose name starts at `name`; its
 * argument, if it is the next element, is `skipped` elements behind it. -1:
 * not one, only with `maybe`. */
int nolibc_getopt_long(const struct nolibc_options *o, const char *name,
		       bool maybe);
/* Take the next element as an argument: 0, or -1 if there is none. */
int nolibc_getopt_arg(const struct nolibc_options *o);
void nolibc_getopt_say(const struct nolibc_options *o, const char *what,
		       const char *option, size_t len);
