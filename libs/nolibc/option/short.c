/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * getopt. An option that stands behind operands is moved in front of them as
 * soon as it is seen, and so is its argument: optind always points to where
 * the operands begin.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "cluster.h"

char *optarg;
int optind = 1, opterr = 1, optopt = '?';

static char *rest;	/* of a cluster such as -abc */
static int skipped;	/* operands between argv[optind] and what followed it */

/* argv[from] goes to argv[to], those between move up by one. */
static void move_down(char **argv, int from, int to)
{
	char *s = argv[from];

	memmove(argv + to + 1, argv + to, (size_t)(from - to) * sizeof(*argv));
	argv[to] = s;
}

int nolibc_getopt_arg(const struct nolibc_options *o)
{
	int from = optind + 1 + skipped;

	if (from >= o->argc)
		return -1;
	move_down(o->argv, from, optind + 1);
	optarg = o->argv[++optind];
	return 0;
}

void nolibc_getopt_say(const struct nolibc_options *o, const char *what,
		       const char *option, size_t len)
{
	if (opterr && !o->colon)
		fprintf(stderr, "%s: %s: %.*s\n", o->argv[0], what, (int)len,
			option);
}

static bool is_operand(const char *s)
{
	return s[0] != '-' || !s[1];
}

/* Find the next element with options and bring it to argv[optind]. false:
 * there is none. */
static bool next_element(const struct nolibc_options *o)
{
	int i = optind;

	while (i < o->argc && is_operand(o->argv[i]) && !o->stop &&
	       !o->in_order)
		i++;
	if (i >= o->argc || is_operand(o->argv[i]))
		return false;
	skipped = i - optind;
	move_down(o->argv, i, optind);
	return true;
}

/* The next letter of a cluster. */
static int short_option(const struct nolibc_options *o)
{
	char c = *rest++;
	const char *known = c == ':' || c == ';' ? NULL :
		strchr(o->optstring, c);
	int result = (unsigned char)c;

	if (!known) {
		optopt = (unsigned char)c;
		nolibc_getopt_say(o, "unknown option", rest - 1, 1);
		result = '?';
	} else if (known[1] == ':') {
		if (*rest) {
			optarg = rest;
		} else if (known[2] != ':' && nolibc_getopt_arg(o) < 0) {
			optopt = (unsigned char)c;
			nolibc_getopt_say(o, "argument missing", rest - 1, 1);
			result = o->colon ? ':' : '?';
		}
		rest = NULL;
	}
	if (!rest || !*rest) {
		rest = NULL;
		optind++;
	}
	return result;
}

int nolibc_getopt(struct nolibc_options *o)
{
	char *element;

	if (!optind) {
		optind = 1;
		rest = NULL;
	}
	optarg = NULL;
	for (; *o->optstring == '+' || *o->optstring == '-'; o->optstring++) {
		o->stop |= *o->optstring == '+';
		o->in_order |= *o->optstring == '-';
	}
	o->colon = *o->optstring == ':';
	if (rest)
		return short_option(o);
	if (!next_element(o)) {
		if (!o->in_order || optind >= o->argc)
			return -1;
		optarg = o->argv[optind++];
		return 1;
	}
	element = o->argv[optind];
	if (element[1] == '-' && !element[2]) {
		optind++;
		return -1;
	}
	if (o->longopts && element[1] == '-')
		return nolibc_getopt_long(o, element + 2, false);
	if (o->long_only && (element[2] || !strchr(o->optstring, element[1]))) {
		int result = nolibc_getopt_long(o, element + 1,
						strchr(o->optstring,
						       element[1]) != NULL);

		if (result != -1)
			return result;
	}
	rest = element + 1;
	return short_option(o);
}

int getopt(int argc, char *const argv[], const char *optstring)
{
	struct nolibc_options o = {
		.argc = argc, .argv = (char **)(uintptr_t)argv,
		.optstring = optstring,
	};

	return nolibc_getopt(&o);
}
