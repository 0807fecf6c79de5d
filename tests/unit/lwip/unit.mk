# SPDX-License-Identifier: BSD-3-Clause
# What of the port stands without lwIP itself.
UNIT_lwip_SRCS := tests/unit/lwip/test_sums.c libs/lwip/siphash.c \
	libs/lwip/sum.c
UNIT_lwip_CFLAGS := -Ilibs/lwip -Ilibs/lwip/include -Icore/base/include
UNITS += lwip
