# SPDX-License-Identifier: BSD-3-Clause
XEN_CFLAGS := -Icore/base/include -Icore/debug/include -Icore/mem/include \
	-Icore/time/include -Iarch/x86_64/include -Ilibs/bus-xen/include

UNIT_xen-queue_SRCS := tests/unit/xen/test_queue.c
UNIT_xen-queue_CFLAGS := $(XEN_CFLAGS) -Ilibs/netdev/include
UNITS += xen-queue

UNIT_xen-store_SRCS := tests/unit/xen/test_store.c
UNIT_xen-store_CFLAGS := $(XEN_CFLAGS)
UNITS += xen-store

UNIT_xen-info_SRCS := tests/unit/xen/test_info.c
UNIT_xen-info_CFLAGS := $(XEN_CFLAGS) -DXEN_PV -DPV_BASE=0x100000ul
UNITS += xen-info
