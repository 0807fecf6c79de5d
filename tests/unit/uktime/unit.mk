# SPDX-License-Identifier: BSD-3-Clause
UNIT_uktime_SRCS := tests/unit/uktime/test_time.c \
	core/time/clock.c core/time/calendar.c
UNIT_uktime_CFLAGS := -Icore/time/include -Icore/base/include \
	-Iarch/x86_64/include
UNITS += uktime
