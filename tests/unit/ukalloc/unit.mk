# SPDX-License-Identifier: BSD-3-Clause
UKALLOC_T_CFLAGS := -DCONFIG_HARDEN_LINKS=1 -Itests/unit/ukalloc -Ialloc/alloc/include \
	-Ialloc/bbuddy/include -Ialloc/region/include -Icore/base/include \
	-Icore/boot/include -Icore/debug/include -Icore/mem/include \
	-Iarch/x86_64/include -DCONFIG_LIBUKALLOC_RESERVE_PERCENT=6 \
	-DCONFIG_LIBUKALLOC_STEP_KIB=4096
UKALLOC_T_LIBS := -Wl,-T,tests/unit/ukalloc/tables.ld

UNIT_ukalloc_SRCS := tests/unit/ukalloc/test_alloc.c \
	tests/unit/ukalloc/machine.c alloc/alloc/alloc.c alloc/alloc/heap.c
UNIT_ukalloc_CFLAGS := $(UKALLOC_T_CFLAGS)
UNIT_ukalloc_LIBS := $(UKALLOC_T_LIBS)
UNITS += ukalloc

UNIT_ukalloc-stats_SRCS := tests/unit/ukalloc/test_stats.c \
	tests/unit/ukalloc/machine.c alloc/alloc/alloc.c alloc/alloc/heap.c \
	alloc/alloc/stats.c alloc/bbuddy/ops.c alloc/bbuddy/run.c \
	alloc/bbuddy/slab.c alloc/bbuddy/span.c
UNIT_ukalloc-stats_CFLAGS := $(UKALLOC_T_CFLAGS) -DCONFIG_LIBUKALLOC_STATS=1 \
	-DCONFIG_LIBUKALLOC_DEFAULT_BBUDDY=1
UNIT_ukalloc-stats_LIBS := $(UKALLOC_T_LIBS)
UNITS += ukalloc-stats
