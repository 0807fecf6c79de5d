/* SPDX-License-Identifier: BSD-3-Clause */
/* Time is the host's. */
#include <uk/plat.h>
#include "linuxu.h"
#include "syscall.h"

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define NS_PER_SEC 1000000000ull

static uint64_t read_clock(int which)
{
	struct host_time t = { 0, 0 };

	sys2(SYS_CLOCK_GETTIME, which, &t);
	return (uint64_t)t.sec * NS_PER_SEC + (uint64_t)t.nsec;
}

uint64_t ukplat_clock_monotonic(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

uint64_t ukplat_clock_wall(void)
{
	return read_clock(CLOCK_REALTIME);
}

/* Nothing interrupts this process: without a time it sleeps for good. */
void ukplat_idle(uint64_t until)
{
	struct host_time t, *limit = NULL;
	uint64_t now;

	if (until != UKPLAT_FOREVER) {
		now = ukplat_clock_monotonic();
		if (now >= until)
			return;
		t.sec = (int64_t)((until - now) / NS_PER_SEC);
		t.nsec = (int64_t)((until - now) % NS_PER_SEC);
		limit = &t;
	}
	sys5(SYS_PPOLL, 0, 0, limit, 0, 0);
}
