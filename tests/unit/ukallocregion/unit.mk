# SPDX-License-Identifier: BSD-3-Clause
UNIT_ukallocregion_SRCS := tests/unit/ukallocregion/test_region.c \
	tests/unit/ukalloc/machine.c tests/unit/ukalloc/model.c \
	alloc/alloc/alloc.c alloc/alloc/heap.c alloc/region/ops.c
UNIT_ukallocregion_CFLAGS = $(UKALLOC_T_CFLAGS) \
	-DCONFIG_LIBUKALLOC_DEFAULT_REGION=1
UNIT_ukallocregion_LIBS = $(UKALLOC_T_LIBS)
UNITS += ukallocregion
