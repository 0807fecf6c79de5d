/* SPDX-License-Identifier: BSD-3-Clause */
/* Dates out of clock registers, against the host's calendar. */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>

#include "rtc.h"

static uint8_t bcd(int n)
{
	return (uint8_t)(n / 10 << 4 | n % 10);
}

static struct rtc_regs regs(const struct tm *t, uint8_t b)
{
	int hour = t->tm_hour, pm = 0, i;
	struct rtc_regs r = { .status_b = b };

	if (!(b & RTC_B_24H)) {
		pm = hour >= 12;
		hour = hour % 12 ? hour % 12 : 12;
	}
	int v[RTC_FIELDS] = { t->tm_sec, t->tm_min, hour, t->tm_mday,
			      t->tm_mon + 1, t->tm_year % 100 };
	for (i = 0; i < RTC_FIELDS; i++)
		r.field[i] = b & RTC_B_BINARY ? (uint8_t)v[i] : bcd(v[i]);
	if (pm)
		r.field[RTC_HOUR] |= RTC_HOUR_PM;
	return r;
}

/* Every 4 hours and odd seconds from 2000 to 2099, in all four modes. */
static void test_host(void **state)
{
	time_t t;
	unsigned int n = 0;

	(void)state;
	for (t = 946684800; t < 4102444800; t += 14411, n++) {
		struct tm tm;

		gmtime_r(&t, &tm);
		struct rtc_regs r = regs(&tm, (uint8_t)(n % 4 << 1));

		assert_int_equal(rtc_seconds(&r), t);
	}
	assert_true(n > 200000);
}

static void test_edges(void **state)
{
	/* 2024-02-29 00:00:00, BCD, 12 h: twelve at night */
	struct rtc_regs r = { { 0x00, 0x00, 0x12, 0x29, 0x02, 0x24 }, 0 };

	(void)state;
	assert_int_equal(rtc_seconds(&r), 1709164800);
	r.field[RTC_HOUR] = 0x92;	/* noon */
	assert_int_equal(rtc_seconds(&r), 1709164800 + 12 * 3600);
	r.field[RTC_YEAR] = 0x23;	/* no leap year */
	assert_int_equal(rtc_seconds(&r), 0);
}

/* What an absent or dead clock gives, and each field out of range. */
static void test_bad(void **state)
{
	static const struct rtc_regs good = {
		{ 0x59, 0x59, 0x23, 0x31, 0x12, 0x99 }, RTC_B_24H };
	static const uint8_t bad[RTC_FIELDS][3] = {
		{ 0x60, 0x0a, 0xff }, { 0x60, 0x5a, 0xff },
		{ 0x24, 0x1a, 0xff }, { 0x32, 0x00, 0x1f },
		{ 0x13, 0x00, 0xff }, { 0xa0, 0x9a, 0xff },
	};
	struct rtc_regs r;
	int i, k;

	(void)state;
	assert_int_equal(rtc_seconds(&good), 4102444799);
	for (i = 0; i < RTC_FIELDS; i++) {
		for (k = 0; k < 3; k++) {
			r = good;
			r.field[i] = bad[i][k];
			assert_int_equal(rtc_seconds(&r), 0);
		}
	}
	r = good;
	r.field[RTC_MONTH] = 0x04;	/* 31 April */
	assert_int_equal(rtc_seconds(&r), 0);
	r = good;
	r.status_b = 0;			/* 23 in 12-hour mode */
	assert_int_equal(rtc_seconds(&r), 0);
	r.field[RTC_HOUR] = 0x00;	/* so is 0 */
	assert_int_equal(rtc_seconds(&r), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_host),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests_name("kvmplat-rtc", tests, NULL, NULL);
}
