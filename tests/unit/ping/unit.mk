# SPDX-License-Identifier: BSD-3-Clause
UNIT_ping_SRCS := tests/unit/ping/test_ping.c apps/ping/options.c \
	apps/ping/summary.c
UNIT_ping_CFLAGS := -Iapps/ping
UNITS += ping
