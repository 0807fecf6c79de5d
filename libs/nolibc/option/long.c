/* SPDX-License-Identifier: BSD-3-Clause */
/* getopt_long: options with names. */
#include <stdint.h>
#include <string.h>
#include "cluster.h"

static bool alike(const struct option *a, const struct option *b)
{
	return a->has_arg == b->has_arg && a->flag == b->flag &&
	       a->val == b->val;
}

/* The option of this name, or the only one (but for equals) that it begins.
 * *ambiguous: there are several. */
static const struct option *find(const struct option *list, const char *name,
				 size_t len, bool long_only, bool *ambiguous)
{
	const struct option *p, *found = NULL;

	*ambiguous = false;
	for (p = list; p->name; p++) {
		if (strncmp(p->name, name, len))
			continue;
		if (!p->name[len]) {
			*ambiguous = false;
			return p;
		}
		if (!found)
			found = p;
		else if (long_only || !alike(found, p))
			*ambiguous = true;
	}
	return found;
}

int nolibc_getopt_long(const struct nolibc_options *o, const char *name,
		       bool maybe)
{
	size_t len = strcspn(name, "=");
	const struct option *p;
	bool ambiguous;

	p = find(o->longopts, name, len, o->long_only, &ambiguous);
	if (!p && maybe)
		return -1;
	if (!p || ambiguous) {
		nolibc_getopt_say(o, p ? "ambiguous option" : "unknown option",
				  o->argv[optind], strlen(o->argv[optind]));
		optind++;
		optopt = 0;
		return '?';
	}
	if (name[len] && p->has_arg == no_argument) {
		nolibc_getopt_say(o, "unexpected argument", o->argv[optind],
				  strlen(o->argv[optind]));
		optind++;
		optopt = p->val;
		return '?';
	}
	if (name[len]) {
		optarg = (char *)(uintptr_t)(name + len + 1);
	} else if (p->has_arg == required_argument &&
		   nolibc_getopt_arg(o) < 0) {
		nolibc_getopt_say(o, "argument missing", o->argv[optind],
				  strlen(o->argv[optind]));
		optind++;
		optopt = p->val;
		return o->colon ? ':' : '?';
	}
	optind++;
	if (o->longindex)
		*o->longindex = (int)(p - o->longopts);
	if (!p->flag)
		return p->val;
	*p->flag = p->val;
	return 0;
}

int getopt_long(int argc, char *const argv[], const char *optstring,
		const struct option *longopts, int *longindex)
{
	struct nolibc_options o = {
		.argc = argc, .argv = (char **)(uintptr_t)argv,
		.optstring = optstring, .longopts = longopts,
		.longindex = longindex,
	};

	return nolibc_getopt(&o);
}

int getopt_long_only(int argc, char *const argv[], const char *optstring,
		     const struct option *longopts, int *longindex)
{
	struct nolibc_options o = {
		.argc = argc, .argv = (char **)(uintptr_t)argv,
		.optstring = optstring, .longopts = longopts,
		.longindex = longindex, .long_only = true,
	};

	return nolibc_getopt(&o);
}
