/* SPDX-License-Identifier: BSD-3-Clause */
/* Clocks by uktime; the calendar is the proleptic Gregorian one in UTC, which
 * is the only time zone here. */
#pragma once

#include <stddef.h>
#include <sys/cdefs.h>
#include <sys/types.h>

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCKS_PER_SEC 1000000l
#define TIME_UTC 1

__BEGIN_DECLS
struct timespec {
	time_t tv_sec;
	long tv_nsec;	/* 0 to 999,999,999 */
};

struct tm {
	int tm_sec, tm_min, tm_hour;	/* 0-60, 0-59, 0-23 */
	int tm_mday, tm_mon, tm_year;	/* 1-31, 0-11, years since 1900 */
	int tm_wday, tm_yday;		/* 0 = Sunday, 0-365 */
	int tm_isdst;			/* always 0 */
	long tm_gmtoff;			/* always 0 */
	const char *tm_zone;		/* "UTC" */
};

/* -1 with errno = EINVAL: no such clock. A machine without a wall clock counts
 * CLOCK_REALTIME from 1970 at boot. */
int clock_gettime(clockid_t clock, struct timespec *ts);
int clock_getres(clockid_t clock, struct timespec *ts);
int timespec_get(struct timespec *ts, int base);
time_t time(time_t *out);
clock_t clock(void);	/* since boot */
double difftime(time_t end, time_t start);
/* Sleeps the whole time: nothing interrupts it. rest may be NULL. */
int nanosleep(const struct timespec *req, struct timespec *rest);

/* NULL with errno = EOVERFLOW: the year does not fit. */
struct tm *gmtime_r(const time_t *__restrict t, struct tm *__restrict tm);
struct tm *gmtime(const time_t *t);
struct tm *localtime_r(const time_t *__restrict t, struct tm *__restrict tm);
struct tm *localtime(const time_t *t);
/* Members out of range are carried over, and all are set anew. */
time_t timegm(struct tm *tm);
time_t mktime(struct tm *tm);
/* Bytes without the NUL; 0: does not fit. All conversions of C17 ("C" locale;
 * E and O change nothing). */
size_t strftime(char *__restrict buf, size_t size, const char *__restrict fmt,
		const struct tm *__restrict tm);
char *asctime_r(const struct tm *__restrict tm, char *__restrict buf);
char *asctime(const struct tm *tm);
char *ctime_r(const time_t *t, char *buf);
char *ctime(const time_t *t);
__END_DECLS
