# SPDX-License-Identifier: BSD-3-Clause
include tests/unit/guest.mk

NOLIBC_T_SRCS := $(wildcard core/base/*.c libs/nolibc/*/*.c) \
	$(wildcard core/time/*.c) \
	$(wildcard libs/nolibc/arch/x86_64/*.S)
NOLIBC_T_UNITS := memory number printf scanf sort string

$(eval $(call guest,nolibc,$(NOLIBC_T_SRCS),core/base/exportsyms.uk \
	libs/nolibc/exportsyms.uk,-Itests/unit/nolibc/include \
	-Ilibs/nolibc/include -Icore/base/include -Icore/debug/include \
	-Icore/boot/include -Icore/time/include -Ialloc/alloc/include \
	-Iarch/x86_64/include,$(NOLIBC_T_UNITS:%=unit/nolibc-%)))

define nolibc_unit
UNIT_nolibc-$(1)_SRCS := tests/unit/nolibc/test_$(1).c \
	tests/unit/nolibc/host.c
UNIT_nolibc-$(1)_CFLAGS := -O1 -D_GNU_SOURCE
UNIT_nolibc-$(1)_LIBS := -lm
UNITS += nolibc-$(1)
endef
$(foreach u,$(NOLIBC_T_UNITS),$(eval $(call nolibc_unit,$(u))))
