/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <sys/cdefs.h>
#include <unistd.h>

#define no_argument 0
#define required_argument 1
#define optional_argument 2

__BEGIN_DECLS
struct option {
	const char *name;	/* NULL closes the list */
	int has_arg;
	int *flag;		/* NULL: return val; else store it, return 0 */
	int val;
};

/* A long name may be cut where it stays unique. longindex may be NULL. */
int getopt_long(int argc, char *const argv[], const char *optstring,
		const struct option *longopts, int *longindex);
/* The same, and "-name" is tried as a long option first. */
int getopt_long_only(int argc, char *const argv[], const char *optstring,
		     const struct option *longopts, int *longindex);
__END_DECLS
