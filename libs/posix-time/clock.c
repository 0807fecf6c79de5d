/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/syscall.h>
#include "clock.h"

#define TICKS 100	/* of times() in a second */

struct timeval {
	int64_t sec, usec;
};

struct tms {
	long user, system, child_user, child_system;
};

/* One process has the machine: its time of the CPU is all there was. */
int clock_read(int clock, uint64_t *ns)
{
	uint64_t wall;

	switch (clock) {
	case REALTIME:
	case REALTIME_COARSE:
		wall = uk_time_wall();
		*ns = wall ? wall : uk_time_ns();
		return 0;
	case MONOTONIC:
	case MONOTONIC_RAW:
	case MONOTONIC_COARSE:
	case BOOTTIME:
	case PROCESS_CPU:
	case THREAD_CPU:
		*ns = uk_time_ns();
		return 0;
	default:
		return -EINVAL;
	}
}

static struct timespec split(uint64_t ns)
{
	struct uk_timespec t = uk_time_split(ns);

	return (struct timespec){ t.sec, t.nsec };
}

UK_SYSCALL_R_DEFINE(int, clock_gettime, int, clock, struct timespec *, ts)
{
	uint64_t ns;
	int rc = clock_read(clock, &ns);

	if (!rc)
		*ts = split(ns);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, clock_getres, int, clock, struct timespec *, ts)
{
	uint64_t ns;
	int rc = clock_read(clock, &ns);

	if (!rc && ts)
		*ts = (struct timespec){ 0, 1 };
	return rc;
}

UK_SYSCALL_R_DEFINE(int, clock_settime, int, clock, const struct timespec *, ts)
{
	uint64_t ns;

	(void)ts;
	return clock_read(clock, &ns) ? -EINVAL : -EPERM;
}

UK_SYSCALL_R_DEFINE(int, gettimeofday, struct timeval *, tv, void *, zone)
{
	struct timespec ts;
	uint64_t ns;

	(void)zone;
	clock_read(REALTIME, &ns);
	ts = split(ns);
	if (tv)
		*tv = (struct timeval){ ts.sec, ts.nsec / 1000 };
	return 0;
}

UK_SYSCALL_R_DEFINE(long, time, long *, out)
{
	uint64_t ns;

	clock_read(REALTIME, &ns);
	if (out)
		*out = split(ns).sec;
	return split(ns).sec;
}

UK_SYSCALL_R_DEFINE(long, times, struct tms *, t)
{
	long now = (long)(uk_time_ns() / (UK_NSEC_PER_SEC / TICKS));

	if (t)
		*t = (struct tms){ .user = now };
	return now;
}
