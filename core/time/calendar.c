/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Days and dates. A year is taken to begin on 1 March: the leap day is then
 * its last one, and the months before it have the same lengths every year. The
 * calendar repeats after 400 years, an era.
 */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/time.h>

#define DAY 86400
#define ERA_YEARS 400
#define ERA_DAYS 146097
#define CENTURY_DAYS 36524
#define FOUR_YEAR_DAYS 1461
/* From 0000-03-01 to 1970-01-01. */
#define EPOCH_DAY 719468

/* Quotient and remainder with the remainder never negative. */
static int64_t floor_div(int64_t a, int64_t b, int64_t *rest)
{
	int64_t q = a / b, r = a % b;

	if (r < 0) {
		r += b;
		q--;
	}
	*rest = r;
	return q;
}

static bool leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1 March to the first of the m-th month, March = 0. */
static int month_start(int m)
{
	return (153 * m + 2) / 5;
}

/* Date of the day-th day since 1970-01-01. */
static void date_of(int64_t day, struct uk_date *d)
{
	int64_t rest, era, years;
	int m, yday;

	era = floor_div(day + EPOCH_DAY, ERA_DAYS, &rest);
	/* The last day of an era and of four years is a leap day, which the
	 * divisions would count into the next year. */
	years = (rest - rest / (FOUR_YEAR_DAYS - 1) + rest / CENTURY_DAYS -
		 rest / (ERA_DAYS - 1)) / 365;
	yday = (int)(rest - (365 * years + years / 4 - years / 100));
	m = (5 * yday + 2) / 153;
	d->day = yday - month_start(m) + 1;
	d->month = m < 10 ? m + 3 : m - 9;
	d->year = era * ERA_YEARS + years + (d->month <= 2);
	/* January and February belong to the year that began before them. */
	d->yday = d->month <= 2 ? yday - 306 : yday + 59 + leap(d->year);
}

void uk_time_to_date(int64_t sec, struct uk_date *d)
{
	int64_t rest, week, day = floor_div(sec, DAY, &rest);

	date_of(day, d);
	d->hour = (int)(rest / 3600);
	d->min = (int)(rest / 60 % 60);
	d->sec = (int)(rest % 60);
	/* 1970-01-01 was a Thursday. */
	floor_div(day + 4, 7, &week);
	d->wday = (int)week;
}

/* Days since 1970-01-01 of the first of a month (March = 0) of a year that
 * begins in March. */
static __int128 days_of(int64_t year, int month)
{
	int64_t rest, era = floor_div(year, ERA_YEARS, &rest);

	return (__int128)era * ERA_DAYS + rest * 365 + rest / 4 - rest / 100 +
	       month_start(month) - EPOCH_DAY;
}

int uk_time_from_date(const struct uk_date *d, int64_t *sec)
{
	int64_t month, year;
	__int128 v;

	/* March of the year itself is month 0; the sum cannot wrap. */
	year = floor_div((int64_t)d->month - 3, 12, &month);
	if (__builtin_add_overflow(d->year, year, &year))
		return -EOVERFLOW;
	v = (days_of(year, (int)month) + d->day - 1) * DAY + d->hour * 3600ll +
	    d->min * 60ll + d->sec;
	if (v != (int64_t)v)
		return -EOVERFLOW;
	*sec = (int64_t)v;
	return 0;
}
