/* SPDX-License-Identifier: BSD-3-Clause */
/* Dates: struct tm on top of uktime's calendar. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <time.h>
#include <uk/fmt.h>
#include <uk/time.h>

#define EPOCH 1900

struct tm *gmtime_r(const time_t *__restrict t, struct tm *__restrict tm)
{
	struct uk_date d;

	uk_time_to_date(*t, &d);
	if (d.year - EPOCH > INT_MAX || d.year - EPOCH < INT_MIN) {
		errno = EOVERFLOW;
		return NULL;
	}
	*tm = (struct tm){
		.tm_sec = d.sec, .tm_min = d.min, .tm_hour = d.hour,
		.tm_mday = d.day, .tm_mon = d.month - 1,
		.tm_year = (int)(d.year - EPOCH),
		.tm_wday = d.wday, .tm_yday = d.yday, .tm_zone = "UTC",
	};
	return tm;
}

struct tm *localtime_r(const time_t *__restrict t, struct tm *__restrict tm)
{
	return gmtime_r(t, tm);
}

struct tm *gmtime(const time_t *t)
{
	static struct tm tm;

	return gmtime_r(t, &tm);
}

struct tm *localtime(const time_t *t)
{
	return gmtime(t);
}

time_t timegm(struct tm *tm)
{
	/* The month by itself, so that adding 1 cannot overflow. */
	int years = tm->tm_mon / 12, months = tm->tm_mon % 12;
	struct uk_date d = {
		.year = (int64_t)tm->tm_year + years + EPOCH,
		.month = months + 1, .day = tm->tm_mday, .hour = tm->tm_hour,
		.min = tm->tm_min, .sec = tm->tm_sec,
	};
	struct tm out;
	int64_t sec;

	if (uk_time_from_date(&d, &sec) < 0) {
		errno = EOVERFLOW;
		return -1;
	}
	if (!gmtime_r(&sec, &out))
		return -1;
	*tm = out;
	return sec;
}

time_t mktime(struct tm *tm)
{
	return timegm(tm);
}

#define ASCTIME_MAX 26	/* what POSIX lets a caller provide */

char *asctime_r(const struct tm *__restrict tm, char *__restrict buf)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *day = (unsigned int)tm->tm_wday < 7 ?
		days + 3 * tm->tm_wday : "???";
	const char *month = (unsigned int)tm->tm_mon < 12 ?
		months + 3 * tm->tm_mon : "???";
	int n = uk_snprintf(buf, ASCTIME_MAX,
			    "%.3s %.3s%3d %.2d:%.2d:%.2d %lld\n", day, month,
			    tm->tm_mday, tm->tm_hour, tm->tm_min,
			    tm->tm_sec, (long long)tm->tm_year + EPOCH);

	if (n < ASCTIME_MAX)
		return buf;
	errno = EOVERFLOW;
	return NULL;
}

char *asctime(const struct tm *tm)
{
	static char buf[ASCTIME_MAX];

	return asctime_r(tm, buf);
}

char *ctime_r(const time_t *t, char *buf)
{
	struct tm tm;

	return localtime_r(t, &tm) ? asctime_r(&tm, buf) : NULL;
}

char *ctime(const time_t *t)
{
	static char buf[ASCTIME_MAX];

	return ctime_r(t, buf);
}
