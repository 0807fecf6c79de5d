# SPDX-License-Identifier: BSD-3-Clause
UNIT_testrun_SRCS := tests/unit/testrun/test_testrun.c \
	support/run/testrun/list.c support/run/testrun/verdict.c \
	support/run/testrun/pool.c support/run/testrun/report.c \
	support/run/testrun/attacks.c
UNIT_testrun_CFLAGS := -Isupport/run/testrun
UNIT_testrun_LIBS := -lm
UNITS += testrun
