# SPDX-License-Identifier: BSD-3-Clause
ukdebug_common := tests/unit/ukdebug/host.c core/debug/print.c \
	core/debug/level.c core/debug/pointer.c core/base/fmt.c \
	core/base/convert.c core/base/snprintf.c
ukdebug_flags := -Icore/debug -Icore/debug/include -Icore/base/include \
	-Icore/base -Iarch/x86_64/include -DCONFIG_LIBUKDEBUG_CRASH_SCREEN=1 \
	-DCONFIG_LIBUKDEBUG_ASSERTIONS=1 -DCONFIG_LIBUKDEBUG_CATCH=1

UNIT_ukdebug-print_SRCS := tests/unit/ukdebug/test_print.c \
	core/debug/hexdump.c $(ukdebug_common)
UNIT_ukdebug-print_CFLAGS := $(ukdebug_flags)
UNITS += ukdebug-print

# Time in front, addresses as they are: the other side of each option.
UNIT_ukdebug-options_SRCS := tests/unit/ukdebug/test_options.c \
	$(ukdebug_common)
UNIT_ukdebug-options_CFLAGS := $(ukdebug_flags) \
	-DCONFIG_LIBUKDEBUG_TIMESTAMPS=1 -DCONFIG_LIBUKDEBUG_RAW_POINTERS=1
UNITS += ukdebug-options

UNIT_ukdebug-crash_SRCS := tests/unit/ukdebug/test_crash.c \
	core/debug/crash.c core/debug/place.c core/debug/detail.c \
	core/debug/trap.c core/debug/catch.c arch/x86_64/switch.S \
	arch/x86_64/trap.c $(ukdebug_common)
UNIT_ukdebug-crash_CFLAGS := $(ukdebug_flags) -fno-omit-frame-pointer
UNITS += ukdebug-crash
