# SPDX-License-Identifier: BSD-3-Clause
include tests/unit/guest.mk

$(eval $(call guest,base,core/base/mem.c core/base/str.c,$\
	core/base/exportsyms.uk,$(guest_includes),unit/base-memory,$(HOSTCC)))
UNIT_base-memory_SRCS := tests/unit/base/test_memory.c \
	tests/unit/nolibc/host.c
UNIT_base-memory_CFLAGS := -D_GNU_SOURCE -Itests/unit/nolibc
UNITS += base-memory

UNIT_base-fmt_SRCS := tests/unit/base/test_fmt.c core/base/fmt.c \
	core/base/convert.c core/base/snprintf.c
UNIT_base-fmt_CFLAGS := -Icore/base/include
UNITS += base-fmt

UNIT_base-list_SRCS := tests/unit/base/test_list.c
UNIT_base-list_CFLAGS := -Icore/base/include -DCONFIG_HARDEN_LINKS=1
UNITS += base-list

UNIT_base-refcount_SRCS := tests/unit/base/test_refcount.c
UNIT_base-refcount_CFLAGS := -Icore/base/include -DCONFIG_HARDEN_LINKS=1
UNITS += base-refcount
