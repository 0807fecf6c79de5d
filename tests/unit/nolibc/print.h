/* SPDX-License-Identifier: BSD-3-Clause */
/* One call of nolibc's snprintf beside one of the host's. */
#pragma once

#include <stdio.h>
#include <string.h>
#include "host.h"

NL(snprintf);

#define BIG 24000
static char mine[BIG], theirs[BIG];

static void same(const char *fmt, int n, int m, size_t size)
{
	if (n == m && !strcmp(mine, theirs))
		return;
	fail_msg("%s (size %zu): \"%.300s\" %d, wanted \"%.300s\" %d", fmt,
		 size, mine, n, theirs, m);
}

/* One case; sometimes the buffer is too short, and must stay untouched
 * behind its end. */
#define CHECK(fmt, ...)							\
	do {								\
		size_t size = host_below(16) ? BIG : host_below(24);	\
		if (size < BIG)						\
			mine[size] = '\001';				\
		int n = nl_snprintf(size ? mine : NULL, size, fmt,	\
				    __VA_ARGS__);			\
		int m = snprintf(size ? theirs : NULL, size, fmt,	\
				 __VA_ARGS__);				\
		if (size < BIG)						\
			assert_int_equal(mine[size], '\001');		\
		if (!size)						\
			mine[0] = theirs[0] = 0;			\
		same(fmt, n, m, size);					\
	} while (0)
