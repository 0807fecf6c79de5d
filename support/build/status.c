/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A piece of GNU make, loaded by `make run`: $(uki-exit N) ends make with the
 * guest's status N. By itself make knows 0, 1 and 2, and a guest's status would
 * be 2 whatever it was. N is a number from 0 to 255; anything else ends with 2.
 */
#include <gnumake.h>
#include <stdio.h>
#include <stdlib.h>

int plugin_is_GPL_compatible;	/* make asks; our licence is */
int status_gmk_setup(void);

static char *leave(const char *name, unsigned int argc, char **argv)
{
	char *end;
	long n = strtol(argv[0], &end, 10);

	(void)name;
	(void)argc;
	if (end == argv[0] || n < 0 || n > 255)
		n = 2;
	if (n)
		fprintf(stderr, "make: the guest ended with status %ld\n", n);
	fflush(NULL);
	exit((int)n);
}

int status_gmk_setup(void)
{
	gmk_add_function("uki-exit", leave, 1, 1, GMK_FUNC_DEFAULT);
	return 1;
}
