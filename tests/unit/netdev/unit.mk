# SPDX-License-Identifier: BSD-3-Clause
UNIT_netdev_SRCS := tests/unit/netdev/test_netdev.c libs/netdev/buffer.c \
	libs/netdev/device.c libs/netdev/sleep-cpu.c
UNIT_netdev_CFLAGS := -Ilibs/netdev/include -Icore/base/include \
	-Icore/boot/include -Icore/debug/include -Icore/mem/include \
	-Icore/time/include -Ialloc/alloc/include -Iarch/x86_64/include \
	-DCONFIG_LIBUKNETDEV_BUFFERS=16
UNIT_netdev_LIBS := -Wl,-T,tests/unit/ukalloc/tables.ld
UNITS += netdev
