/* SPDX-License-Identifier: BSD-3-Clause */
/* Clocks, the calendar, and time going by. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include "check.h"

#define MS 1000000

static long long ns(clockid_t clock)
{
	struct timespec ts;

	CHECK(!clock_gettime(clock, &ts));
	return ts.tv_sec * 1000000000ll + ts.tv_nsec;
}

static void calendar(void)
{
	struct tm tm = { 0 };
	time_t t = 951782400;	/* 2000-02-29 */
	char buf[64];

	CHECK(gmtime_r(&t, &tm) && tm.tm_mon == 1 && tm.tm_mday == 29);
	CHECK(strftime(buf, sizeof(buf), "%F %T %a", &tm));
	CHECK(!strcmp(buf, "2000-02-29 00:00:00 Tue"));
	CHECK(timegm(&tm) == t);
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	t = 1719835200;		/* 2024-07-01 12:00 UTC */
	CHECK(localtime_r(&t, &tm) && tm.tm_hour == 14 && tm.tm_isdst == 1);
	CHECK(mktime(&tm) == t && !strcmp(tm.tm_zone, "CEST"));
	CHECK(strptime("2024-07-01", "%Y-%m-%d", &tm) && tm.tm_year == 124);
}

void times_of_day(void)
{
	struct timespec a_while = { 0, 3 * MS }, wrong = { 0, -1 };
	struct timeval tv;
	struct tms t;
	long long before = ns(CLOCK_MONOTONIC), now;

	CHECK(!nanosleep(&a_while, NULL));
	now = ns(CLOCK_MONOTONIC);
	CHECK(now - before >= 3 * MS);
	a_while.tv_sec = (now + 2 * MS) / 1000000000;
	a_while.tv_nsec = (now + 2 * MS) % 1000000000;
	CHECK(!clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &a_while, NULL));
	CHECK(ns(CLOCK_MONOTONIC) >= now + 2 * MS);
	CHECK(nanosleep(&wrong, NULL) == -1 && errno == EINVAL);
	CHECK(!gettimeofday(&tv, NULL) && time(NULL) - tv.tv_sec <= 1);
	CHECK(ns(CLOCK_BOOTTIME) > 0 && ns(CLOCK_THREAD_CPUTIME_ID) > 0);
	CHECK(clock_gettime(1234, &wrong) == -1 && errno == EINVAL);
	CHECK(clock_settime(CLOCK_REALTIME, &a_while) == -1 && errno == EPERM);
	CHECK(times(&t) != -1 && clock() != -1);
	calendar();
	puts("time: right");
}
