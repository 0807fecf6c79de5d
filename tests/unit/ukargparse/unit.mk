# SPDX-License-Identifier: BSD-3-Clause
UNIT_ukargparse_SRCS := tests/unit/ukargparse/test_argparse.c \
	core/argparse/split.c core/argparse/param.c $(wildcard \
	core/base/fmt.c core/base/convert.c core/base/snprintf.c)
UNIT_ukargparse_CFLAGS := -Icore/argparse/include -Icore/base/include \
	-Icore/base
UNITS += ukargparse
