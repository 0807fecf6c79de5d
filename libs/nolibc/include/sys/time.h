/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <sys/cdefs.h>
#include <sys/types.h>

__BEGIN_DECLS
struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;	/* 0 to 999,999 */
};

/* CLOCK_REALTIME of <time.h>. zone is not looked at. Always 0. */
int gettimeofday(struct timeval *tv, void *zone);
__END_DECLS
