/* SPDX-License-Identifier: BSD-3-Clause */
#include "rtc.h"

#include <stdbool.h>

/* The number in a register, or -1 if it is not within [min, max]. */
static int number(uint8_t v, bool binary, int min, int max)
{
	int n = v;

	if (!binary) {
		if ((v & 0xf) > 9 || v >> 4 > 9)
			return -1;
		n = (v >> 4) * 10 + (v & 0xf);
	}
	return n >= min && n <= max ? n : -1;
}

static int hour(const struct rtc_regs *r, bool binary)
{
	uint8_t v = r->field[RTC_HOUR];
	int h;

	if (r->status_b & RTC_B_24H)
		return number(v, binary, 0, 23);
	h = number(v & (uint8_t)~RTC_HOUR_PM, binary, 1, 12);
	if (h < 0)
		return h;
	return h % 12 + (v & RTC_HOUR_PM ? 12 : 0);
}

/* Days from 1970-01-01 to a date in 2000 to 2099: every fourth year leaps. */
static unsigned int days(int year, int month, int day)
{
	static const uint16_t before[12] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
	};
	int n = 10957 + year * 365 + (year + 3) / 4 + before[month - 1];

	if (year % 4 == 0 && month > 2)
		n++;
	return (unsigned int)(n + day - 1);
}

uint64_t rtc_seconds(const struct rtc_regs *r)
{
	static const uint8_t length[12] = {
		31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	bool binary = r->status_b & RTC_B_BINARY;
	int s = number(r->field[RTC_SECOND], binary, 0, 59);
	int min = number(r->field[RTC_MINUTE], binary, 0, 59);
	int h = hour(r, binary);
	int day = number(r->field[RTC_DAY], binary, 1, 31);
	int month = number(r->field[RTC_MONTH], binary, 1, 12);
	int year = number(r->field[RTC_YEAR], binary, 0, 99);

	if (s < 0 || min < 0 || h < 0 || day < 0 || month < 0 || year < 0)
		return 0;
	if (day > length[month - 1] || (month == 2 && day == 29 && year % 4))
		return 0;
	return days(year, month, day) * 86400ull +
	       (uint64_t)(h * 3600 + min * 60 + s);
}
