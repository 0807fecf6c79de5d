# SPDX-License-Identifier: BSD-3-Clause
LINUXU_T_CFLAGS := -Iplat/linuxu -Icore/base/include

UNIT_linuxu-args_SRCS := tests/unit/linuxu/test_args.c plat/linuxu/args.c \
	core/argparse/split.c
UNIT_linuxu-args_CFLAGS := $(LINUXU_T_CFLAGS) -Icore/argparse/include
UNITS += linuxu-args

UNIT_linuxu-maps_SRCS := tests/unit/linuxu/test_maps.c plat/linuxu/maps.c
UNIT_linuxu-maps_CFLAGS := $(LINUXU_T_CFLAGS)
UNITS += linuxu-maps
