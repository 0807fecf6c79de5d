# SPDX-License-Identifier: BSD-3-Clause
include tests/unit/guest.mk

NOLIBC_T_UNITS := format getopt number printf scanf sort stdio string time

$(eval $(call guest,nolibc,$(guest_nolibc),$(guest_exports),$(guest_includes),$\
	$(NOLIBC_T_UNITS:%=unit/nolibc-%),$(HOSTCC)))

define nolibc_unit
UNIT_nolibc-$(1)_SRCS := tests/unit/nolibc/test_$(1).c \
	tests/unit/nolibc/host.c
UNIT_nolibc-$(1)_CFLAGS := -D_GNU_SOURCE
UNIT_nolibc-$(1)_LIBS := -lm
UNITS += nolibc-$(1)
endef
$(foreach u,$(NOLIBC_T_UNITS),$(eval $(call nolibc_unit,$(u))))
