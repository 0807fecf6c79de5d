/* SPDX-License-Identifier: BSD-3-Clause */
/* What musl would read from the stack that a kernel hands to a program. */
#include "libc.h"
#include <uk/config.h>
#include <uk/init.h>
#include <uk/plat.h>

static size_t no_auxv[2];
static char name[] = CONFIG_UK_NAME;

/* The first of all: constructors and drivers may print. */
static int start(void)
{
	libc.auxv = no_auxv;
	libc.page_size = UK_PAGE_SIZE;
	__progname = __progname_full = name;
	return 0;
}

uk_early_initcall_prio(start, 0);
