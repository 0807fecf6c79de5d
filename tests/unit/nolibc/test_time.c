/* SPDX-License-Identifier: BSD-3-Clause */
/* <time.h>, against the host's. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "host.h"

NL(clock_gettime); NL(clock_getres); NL(timespec_get); NL(time); NL(clock);
NL(difftime); NL(nanosleep); NL(sleep); NL(usleep); NL(gmtime_r); NL(gmtime);
NL(localtime); NL(timegm); NL(mktime); NL(strftime); NL(asctime);
NL(asctime_r); NL(gettimeofday); NL(ctime); NL(ctime_r);

#define SEC 1000000000ull

static void clocks(void **state)
{
	struct timespec ts = { 0 };
	struct timeval tv;

	(void)state;
	host_time_wall = 0;
	host_time_ns = 5 * SEC + 7;
	assert_int_equal(nl_clock_gettime(CLOCK_MONOTONIC, &ts), 0);
	assert_true(ts.tv_sec == 5 && ts.tv_nsec == 7);
	/* No wall clock: as if it had been 1970 at boot */
	assert_int_equal(nl_clock_gettime(CLOCK_REALTIME, &ts), 0);
	assert_true(ts.tv_sec == 5);
	assert_int_equal(nl_time(NULL), 5);
	assert_int_equal(nl_clock(), 5000000);
	host_time_ns += 12345;
	assert_int_equal(nl_gettimeofday(&tv, NULL), 0);
	assert_true(tv.tv_sec == 5 && tv.tv_usec == 12);
	nl_errno = 0;
	assert_int_equal(nl_clock_gettime(99, &ts), -1);
	assert_int_equal(nl_errno, EINVAL);
	assert_int_equal(nl_clock_getres(99, &ts), -1);
	assert_int_equal(nl_clock_getres(CLOCK_REALTIME, &ts), 0);
	assert_true(ts.tv_sec == 0 && ts.tv_nsec == 1);
	assert_int_equal(nl_timespec_get(&ts, TIME_UTC), TIME_UTC);
	assert_int_equal(nl_timespec_get(&ts, 77), 0);
	assert_true(nl_difftime(7, 9) == -2);
}

static void sleeps(void **state)
{
	struct timespec ts = { 2, 500 }, rest = { 9, 9 };
	const struct timespec bad[] = {
		{ -1, 0 }, { 0, -1 }, { 0, 1000000000 }, { 0, 1ll << 40 },
	};
	unsigned int i;

	(void)state;
	host_time_ns = 100;
	assert_int_equal(nl_nanosleep(&ts, &rest), 0);
	assert_int_equal(host_time_ns, 2 * SEC + 600);
	assert_true(rest.tv_sec == 0 && rest.tv_nsec == 0);
	assert_int_equal(nl_sleep(3), 0);
	assert_int_equal(host_time_ns, 5 * SEC + 600);
	assert_int_equal(nl_usleep(2), 0);
	assert_int_equal(host_time_ns, 5 * SEC + 2600);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		nl_errno = 0;
		assert_int_equal(nl_nanosleep(&bad[i], NULL), -1);
		assert_int_equal(nl_errno, EINVAL);
	}
	assert_int_equal(host_time_ns, 5 * SEC + 2600);
}

/* Whether nolibc's struct tm (the same members first) is the host's */
static void same_tm(const struct tm *a, const struct tm *b)
{
	assert_int_equal(a->tm_sec, b->tm_sec);
	assert_int_equal(a->tm_min, b->tm_min);
	assert_int_equal(a->tm_hour, b->tm_hour);
	assert_int_equal(a->tm_mday, b->tm_mday);
	assert_int_equal(a->tm_mon, b->tm_mon);
	assert_int_equal(a->tm_year, b->tm_year);
	assert_int_equal(a->tm_wday, b->tm_wday);
	assert_int_equal(a->tm_yday, b->tm_yday);
	assert_int_equal(a->tm_isdst, 0);
}

static void dates(void **state)
{
	struct tm a, b;
	time_t t;
	int i;

	(void)state;
	for (i = 0; i < 40000; i++) {
		t = (time_t)host_random() >> (i % 4 ? 10 + host_below(54) : 30);
		if (!gmtime_r(&t, &b)) {
			nl_errno = 0;
			assert_null(nl_gmtime_r(&t, &a));
			assert_int_equal(nl_errno, EOVERFLOW);
			continue;
		}
		assert_ptr_equal(nl_gmtime_r(&t, &a), &a);
		same_tm(&a, &b);
		assert_int_equal(nl_timegm(&a), t);

		/* Members out of range */
		a.tm_sec += (int)host_below(1000) - 500;
		a.tm_min += (int)host_below(1000) - 500;
		a.tm_hour += (int)host_below(1000) - 500;
		a.tm_mday += (int)host_below(1000) - 500;
		a.tm_mon += (int)host_below(1000) - 500;
		b = a;
		t = timegm(&b);
		if (t == -1 && b.tm_sec == a.tm_sec)
			continue;
		assert_int_equal(nl_mktime(&a), t);
		same_tm(&a, &b);
	}
	t = 0;
	assert_int_equal(nl_gmtime(&t)->tm_year, 70);
	assert_int_equal(nl_localtime(&t)->tm_wday, 4);
	a = (struct tm){ .tm_year = INT_MAX, .tm_mon = 11, .tm_mday = 40 };
	nl_errno = 0;
	assert_int_equal(nl_timegm(&a), -1);
	assert_int_equal(nl_errno, EOVERFLOW);
	a = (struct tm){ .tm_mon = INT_MAX, .tm_mday = INT_MIN,
			 .tm_sec = INT_MAX };
	b = a;
	assert_int_equal(nl_timegm(&a), timegm(&b));
}

static void formats(void **state)
{
	static const char letters[] =
		"aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%kls";
	char fmt[4] = "%", mine[200], theirs[200];
	struct tm tm;
	time_t t;
	size_t i, n, size;

	(void)state;
	for (i = 0; i < 40000; i++) {
		/* From 1177 on: the host writes %C of 987 as 9, C as 09 */
		t = (time_t)(host_random() >> (30 + host_below(2))) -
			(i % 3 ? 25000000000 : 0);
		assert_non_null(gmtime_r(&t, &tm));
		/* The days round the new year, where weeks are difficult */
		if (i % 2) {
			tm.tm_mon = tm.tm_mday % 2 ? 11 : 0;
			tm.tm_mday = tm.tm_mon ? 25 + tm.tm_mday % 7 :
						 1 + tm.tm_mday % 7;
			timegm(&tm);
		}
		tm.tm_zone = "UTC";
		fmt[1] = letters[i % (sizeof(letters) - 1)];
		fmt[2] = 0;
		if (i % 5 == 0 && strchr("deHImMSuUVwWyCY", fmt[1])) {
			fmt[2] = fmt[1];
			fmt[1] = strchr("CYy", fmt[2]) ? 'E' : 'O';
			fmt[3] = 0;
		}
		n = nl_strftime(mine, sizeof(mine), fmt, &tm);
		assert_int_equal(n, strftime(theirs, sizeof(theirs), fmt, &tm));
		if (strcmp(mine, theirs))
			fail_msg("%s of %lld: \"%s\", wanted \"%s\"", fmt,
				 (long long)t, mine, theirs);
		size = host_below(12);
		mine[size] = '#';
		n = nl_strftime(mine, size, fmt, &tm);
		assert_int_equal(n, strlen(theirs) < size ? strlen(theirs) : 0);
		assert_int_equal(mine[size], '#');
	}
	strcpy(fmt, "x%Q");
	assert_int_equal(nl_strftime(mine, sizeof(mine), fmt, &tm), 0);
	assert_string_equal(mine, "");
	strftime(theirs, sizeof(theirs), "<%Y-%m-%dT%H:%M:%SZ>", &tm);
	assert_int_equal(nl_strftime(mine, sizeof(mine), "<%Y-%m-%dT%H:%M:%SZ>",
				     &tm), strlen(theirs));
	assert_string_equal(mine, theirs);
	tm.tm_wday = tm.tm_mon = -1;
	nl_strftime(mine, sizeof(mine), "%a %b", &tm);
	assert_string_equal(mine, "? ?");
	assert_string_equal(asctime(gmtime(&t)), nl_asctime(gmtime(&t)));
	assert_string_equal(nl_ctime(&t), asctime(gmtime(&t)));
	assert_ptr_equal(nl_ctime_r(&t, mine), mine);
	tm.tm_year = 10000;
	nl_errno = 0;
	assert_null(nl_asctime_r(&tm, mine));
	assert_int_equal(nl_errno, EOVERFLOW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clocks),
		cmocka_unit_test(sleeps),
		cmocka_unit_test(dates),
		cmocka_unit_test(formats),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
