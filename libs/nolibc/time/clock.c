/* SPDX-License-Identifier: BSD-3-Clause */
/* Clocks and waiting. */
#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <uk/config.h>
#include <uk/plat.h>
#include <uk/time.h>
#include <unistd.h>
#include "wait.h"
#ifdef CONFIG_LIBUKSCHED
#include <uk/thread.h>
#endif

void nolibc_wait(uint64_t ns)
{
#ifdef CONFIG_LIBUKSCHED
	uk_thread_sleep(ns);
#else
	unsigned long flags = ukplat_irq_save();
	uint64_t now = uk_time_ns(), until;

	if (__builtin_add_overflow(now, ns, &until))
		until = UKPLAT_FOREVER;
	for (; now < until; now = uk_time_ns())
		ukplat_idle(until);
	ukplat_irq_restore(flags);
#endif
}

int clock_gettime(clockid_t clock, struct timespec *ts)
{
	struct uk_timespec t;

	if (clock == CLOCK_REALTIME) {
		uint64_t now = uk_time_wall();

		t = uk_time_split(now ? now : uk_time_ns());
	} else if (clock == CLOCK_MONOTONIC) {
		t = uk_time_split(uk_time_ns());
	} else {
		errno = EINVAL;
		return -1;
	}
	ts->tv_sec = t.sec;
	ts->tv_nsec = t.nsec;
	return 0;
}

int clock_getres(clockid_t clock, struct timespec *ts)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) {
		errno = EINVAL;
		return -1;
	}
	if (ts) {
		ts->tv_sec = 0;
		ts->tv_nsec = 1;
	}
	return 0;
}

int timespec_get(struct timespec *ts, int base)
{
	if (base != TIME_UTC)
		return 0;
	clock_gettime(CLOCK_REALTIME, ts);
	return base;
}

time_t time(time_t *out)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	if (out)
		*out = ts.tv_sec;
	return ts.tv_sec;
}

int gettimeofday(struct timeval *tv, void *zone)
{
	struct timespec ts;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &ts);
	tv->tv_sec = ts.tv_sec;
	tv->tv_usec = ts.tv_nsec / 1000;
	return 0;
}

clock_t clock(void)
{
	return (clock_t)(uk_time_ns() /
			 (UK_NSEC_PER_SEC / (uint64_t)CLOCKS_PER_SEC));
}

double difftime(time_t end, time_t start)
{
	return (double)end - (double)start;
}

int nanosleep(const struct timespec *req, struct timespec *rest)
{
	struct uk_timespec ts = { req->tv_sec, (int32_t)req->tv_nsec };
	uint64_t ns;
	int rc = uk_time_join(&ts, &ns);

	if (rc == -EINVAL || ts.nsec != req->tv_nsec) {
		errno = EINVAL;
		return -1;
	}
	nolibc_wait(rc == 0 ? ns : UKPLAT_FOREVER);
	if (rest)
		rest->tv_sec = rest->tv_nsec = 0;
	return 0;
}

unsigned int sleep(unsigned int seconds)
{
	nolibc_wait(seconds * UK_NSEC_PER_SEC);
	return 0;
}

int usleep(useconds_t usec)
{
	nolibc_wait(usec * UK_NSEC_PER_USEC);
	return 0;
}
