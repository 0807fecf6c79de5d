/* SPDX-License-Identifier: BSD-3-Clause */
/* Registers of the battery-backed clock -> seconds: a pure function. */
#pragma once

#include <stdint.h>

enum { RTC_SECOND, RTC_MINUTE, RTC_HOUR, RTC_DAY, RTC_MONTH, RTC_YEAR,
       RTC_FIELDS };

struct rtc_regs {
	uint8_t field[RTC_FIELDS];	/* as read */
	uint8_t status_b;
};

#define RTC_B_24H 0x02
#define RTC_B_BINARY 0x04
#define RTC_HOUR_PM 0x80

/*
 * Seconds since 1970-01-01 UTC (the clock is taken to run in UTC, in the years
 * 2000 to 2099); 0 = the registers hold no date.
 */
uint64_t rtc_seconds(const struct rtc_regs *r);
