/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Time: nanoseconds since boot, nanoseconds since 1970, and the calendar. Any
 * context; nothing here sleeps.
 */
#pragma once

#include <stdint.h>
#include <uk/essentials.h>

#define UK_NSEC_PER_SEC 1000000000ull
#define UK_NSEC_PER_MSEC 1000000ull
#define UK_NSEC_PER_USEC 1000ull

/* Nanoseconds since some point before boot; never goes back. */
uint64_t uk_time_ns(void);

/* Nanoseconds since 1970-01-01 UTC, 0 where the machine does not know. The
 * machine's clock is read once, at the first call; from then on the time since
 * boot is added, so it never jumps. */
uint64_t uk_time_wall(void);

/* Wait without giving up the CPU: for microseconds, in drivers. */
void uk_time_busy_wait(uint64_t ns);

/* A point in time or a duration in two parts; 0 <= nsec < 10^9. */
struct uk_timespec {
	int64_t sec;
	int32_t nsec;
};

struct uk_timespec uk_time_split(uint64_t ns);
/* -EINVAL: negative, or nsec out of its range; -EOVERFLOW: does not fit 64
 * bits (after the year 2554). *ns is set only on success. */
UK_CHECK_RESULT int uk_time_join(const struct uk_timespec *ts, uint64_t *ns);

/* A date of the Gregorian calendar (also before it was in use), in UTC, where
 * every day has 86400 seconds. */
struct uk_date {
	int64_t year;		/* 1970; 0 is the year before 1 */
	int month;		/* 1 to 12 */
	int day;		/* 1 to 31 */
	int hour, min, sec;
	int wday;		/* 0 = Sunday */
	int yday;		/* 0 to 365 */
};

/* Seconds since 1970-01-01 as a date. Every value has one. */
void uk_time_to_date(int64_t sec, struct uk_date *d);
/*
 * And back; wday and yday are not looked at. Values beyond their range (month
 * 14, second -3) carry over, as with mktime. -EOVERFLOW: not within 64 bits,
 * *sec is unchanged.
 */
UK_CHECK_RESULT int uk_time_from_date(const struct uk_date *d, int64_t *sec);
