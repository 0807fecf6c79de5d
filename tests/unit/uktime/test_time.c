/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/time.h>

static uint64_t mono, wall, step;
static int wall_reads;

uint64_t ukplat_clock_monotonic(void)
{
	return mono += step;
}

uint64_t ukplat_clock_wall(void)
{
	wall_reads++;
	return wall;
}

/* xorshift64*: the same values on every run. */
static uint64_t rnd(void)
{
	static uint64_t s = 88172645463325252ull;

	s ^= s >> 12;
	s ^= s << 25;
	s ^= s >> 27;
	return s * 2685821657736338717ull;
}

static void same_as_host(int64_t sec)
{
	time_t t = sec;
	struct tm tm;
	struct uk_date d;
	int64_t back;

	assert_non_null(gmtime_r(&t, &tm));
	uk_time_to_date(sec, &d);
	assert_int_equal(d.year, tm.tm_year + 1900ll);
	assert_int_equal(d.month, tm.tm_mon + 1);
	assert_int_equal(d.day, tm.tm_mday);
	assert_int_equal(d.hour, tm.tm_hour);
	assert_int_equal(d.min, tm.tm_min);
	assert_int_equal(d.sec, tm.tm_sec);
	assert_int_equal(d.wday, tm.tm_wday);
	assert_int_equal(d.yday, tm.tm_yday);
	assert_int_equal(uk_time_from_date(&d, &back), 0);
	assert_int_equal(back, sec);
}

static void dates_like_host(void **st)
{
	int64_t y;
	int i;

	(void)st;
	/* Every day round the ends of eras, centuries and leap years. */
	for (y = -1000; y <= 3000; y += 50)
		for (i = -3; i < 800; i++)
			same_as_host((y - 1970) * 31556952 + i * 86400ll);
	for (i = 0; i < 20000; i++)
		same_as_host((int64_t)(rnd() % (1ull << 37)) - (1ll << 36));
	/* As far as the host's int for years goes. */
	for (i = 0; i < 20000; i++)
		same_as_host((int64_t)(rnd() % (1ull << 56)) - (1ll << 55));
	same_as_host(0);
	same_as_host(-1);
	same_as_host(INT32_MAX);
	same_as_host(INT32_MIN);
}

static void every_second_has_a_date(void **st)
{
	const int64_t ends[] = { INT64_MIN, INT64_MIN + 1, INT64_MAX };
	struct uk_date d;
	int64_t back;
	unsigned int i;

	(void)st;
	for (i = 0; i < 3; i++) {
		uk_time_to_date(ends[i], &d);
		assert_int_equal(uk_time_from_date(&d, &back), 0);
		assert_int_equal(back, ends[i]);
	}
	d.sec++;	/* behind the last one */
	back = 7;
	assert_int_equal(uk_time_from_date(&d, &back), -EOVERFLOW);
	assert_int_equal(back, 7);
	d.year = INT64_MAX;
	d.month = 14;
	assert_int_equal(uk_time_from_date(&d, &back), -EOVERFLOW);
	d.year = INT64_MIN;
	d.month = 1;
	assert_int_equal(uk_time_from_date(&d, &back), -EOVERFLOW);
}

static void values_carry_like_host(void **st)
{
	int i;

	(void)st;
	for (i = 0; i < 20000; i++) {
		struct uk_date d = {
			.year = 1800 + (int)(rnd() % 500),
			.month = (int)(rnd() % 100) - 50,
			.day = (int)(rnd() % 1000) - 500,
			.hour = (int)(rnd() % 1000) - 500,
			.min = (int)(rnd() % 10000) - 5000,
			.sec = (int)(rnd() % 1000000) - 500000,
		};
		struct tm tm = {
			.tm_year = (int)d.year - 1900, .tm_mon = d.month - 1,
			.tm_mday = d.day, .tm_hour = d.hour, .tm_min = d.min,
			.tm_sec = d.sec,
		};
		int64_t sec;

		assert_int_equal(uk_time_from_date(&d, &sec), 0);
		assert_int_equal(sec, timegm(&tm));
	}
}

static void two_parts(void **st)
{
	struct uk_timespec ts = uk_time_split(1234567890123456789ull);
	uint64_t ns = 5;

	(void)st;
	assert_int_equal(ts.sec, 1234567890);
	assert_int_equal(ts.nsec, 123456789);
	assert_int_equal(uk_time_join(&ts, &ns), 0);
	assert_true(ns == 1234567890123456789ull);
	ts = uk_time_split(UINT64_MAX);
	assert_int_equal(uk_time_join(&ts, &ns), 0);
	assert_true(ns == UINT64_MAX);
	ts.nsec++;
	assert_int_equal(uk_time_join(&ts, &ns), -EOVERFLOW);
	ts.nsec = 1000000000;
	assert_int_equal(uk_time_join(&ts, &ns), -EINVAL);
	ts.nsec = -1;
	assert_int_equal(uk_time_join(&ts, &ns), -EINVAL);
	ts = (struct uk_timespec){ -1, 0 };
	assert_int_equal(uk_time_join(&ts, &ns), -EINVAL);
	ts = (struct uk_timespec){ INT64_MAX, 0 };
	assert_int_equal(uk_time_join(&ts, &ns), -EOVERFLOW);
	assert_true(ns == UINT64_MAX);
}

static void clocks(void **st)
{
	(void)st;
	mono = 1000;
	wall = 1700000000ull * UK_NSEC_PER_SEC;
	assert_int_equal(uk_time_ns(), 1000);
	assert_true(uk_time_wall() == wall);
	/* The machine's clock is not looked at again, so it cannot jump. */
	mono += 5;
	wall = 1;
	assert_true(uk_time_wall() == 1700000000ull * UK_NSEC_PER_SEC + 5);
	assert_int_equal(wall_reads, 1);
	step = 100;
	uk_time_busy_wait(950);
	assert_in_range(mono, 1005 + 950, 1005 + 950 + 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_like_host),
		cmocka_unit_test(every_second_has_a_date),
		cmocka_unit_test(values_carry_like_host),
		cmocka_unit_test(two_parts),
		cmocka_unit_test(clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
