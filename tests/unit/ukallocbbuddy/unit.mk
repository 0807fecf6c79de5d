# SPDX-License-Identifier: BSD-3-Clause
UNIT_ukallocbbuddy_SRCS := tests/unit/ukallocbbuddy/test_bbuddy.c \
	tests/unit/ukalloc/machine.c tests/unit/ukalloc/model.c \
	alloc/alloc/alloc.c alloc/alloc/heap.c alloc/bbuddy/ops.c \
	alloc/bbuddy/run.c alloc/bbuddy/slab.c alloc/bbuddy/span.c
UNIT_ukallocbbuddy_CFLAGS = $(UKALLOC_T_CFLAGS) \
	-DCONFIG_LIBUKALLOC_DEFAULT_BBUDDY=1
UNIT_ukallocbbuddy_LIBS = $(UKALLOC_T_LIBS)
UNITS += ukallocbbuddy
