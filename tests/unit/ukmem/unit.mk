# SPDX-License-Identifier: BSD-3-Clause
UKMEM_T_CFLAGS := -Itests/unit/ukmem -Icore/mem -Icore/mem/include \
	-Icore/base/include -Icore/debug/include -Iarch/x86_64/include
UKMEM_T_FMT := core/base/fmt.c core/base/convert.c core/base/snprintf.c

UNIT_ukmem-map_SRCS := tests/unit/ukmem/test_map.c core/mem/map.c \
	$(UKMEM_T_FMT)
UNIT_ukmem-map_CFLAGS := $(UKMEM_T_CFLAGS)
UNITS += ukmem-map
