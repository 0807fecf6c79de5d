# SPDX-License-Identifier: BSD-3-Clause
UKMEM_T_CFLAGS := -Itests/unit/ukmem -Icore/mem -Icore/mem/include \
	-Icore/base/include -Icore/debug/include -Iarch/x86_64/include
UKMEM_T_FMT := core/base/fmt.c core/base/convert.c core/base/snprintf.c

UNIT_ukmem-map_SRCS := tests/unit/ukmem/test_map.c core/mem/map.c \
	$(UKMEM_T_FMT)
UNIT_ukmem-map_CFLAGS := $(UKMEM_T_CFLAGS)
UNITS += ukmem-map

UKMEM_T_SRCS := tests/unit/ukmem/machine.c core/mem/map.c core/mem/table.c \
	core/mem/frame.c core/mem/range.c core/mem/place.c core/mem/rights.c \
	core/mem/vm.c core/mem/reserve.c core/mem/device.c core/mem/view.c \
	core/mem/stack.c core/mem/image.c $(UKMEM_T_FMT)
UKMEM_T_LIBS := -Wl,--wrap=uk_frame_alloc -Wl,--wrap=mem_frame_take
UKMEM_T_ON := -DCONFIG_LIBUKMEM_MIN_FREE_KIB=192 -DCONFIG_HARDEN_WX=1 \
	-DCONFIG_HARDEN_GUARD=1 -DCONFIG_HARDEN_NULL=1

UNIT_ukmem-frame_SRCS := tests/unit/ukmem/test_frame.c $(UKMEM_T_SRCS)
UNIT_ukmem-frame_CFLAGS := $(UKMEM_T_CFLAGS) $(UKMEM_T_ON)
UNIT_ukmem-frame_LIBS := $(UKMEM_T_LIBS)
UNITS += ukmem-frame

UNIT_ukmem-vm_SRCS := tests/unit/ukmem/test_vm.c $(UKMEM_T_SRCS)
UNIT_ukmem-vm_CFLAGS := $(UKMEM_T_CFLAGS) $(UKMEM_T_ON)
UNIT_ukmem-vm_LIBS := $(UKMEM_T_LIBS)
UNITS += ukmem-vm

UNIT_ukmem-off_SRCS := tests/unit/ukmem/test_off.c $(UKMEM_T_SRCS)
UNIT_ukmem-off_CFLAGS := $(UKMEM_T_CFLAGS) -DCONFIG_LIBUKMEM_MIN_FREE_KIB=192
UNIT_ukmem-off_LIBS := $(UKMEM_T_LIBS)
UNITS += ukmem-off

UNIT_ukmem-reserve_SRCS := tests/unit/ukmem/test_reserve.c $(UKMEM_T_SRCS)
UNIT_ukmem-reserve_CFLAGS := $(UKMEM_T_CFLAGS) $(UKMEM_T_ON)
UNIT_ukmem-reserve_LIBS := $(UKMEM_T_LIBS)
UNITS += ukmem-reserve

UNIT_ukmem-hvro_SRCS := tests/unit/ukmem/test_hvro.c $(UKMEM_T_SRCS)
UNIT_ukmem-hvro_CFLAGS := $(UKMEM_T_CFLAGS) $(UKMEM_T_ON) \
	-DCONFIG_HARDEN_HVRO=1
UNIT_ukmem-hvro_LIBS := $(UKMEM_T_LIBS)
UNITS += ukmem-hvro

# Random placement: the same tests, where things lie is not theirs to know.
UKMEM_T_ASLR := core/mem/draw.c core/base/draw.c core/base/chacha.c
UNIT_ukmem-vm-aslr_SRCS := $(UNIT_ukmem-vm_SRCS) $(UKMEM_T_ASLR)
UNIT_ukmem-vm-aslr_CFLAGS := $(UNIT_ukmem-vm_CFLAGS) -DCONFIG_HARDEN_ASLR=1
UNIT_ukmem-vm-aslr_LIBS := $(UKMEM_T_LIBS)
UNITS += ukmem-vm-aslr

UNIT_ukmem-reserve-aslr_SRCS := $(UNIT_ukmem-reserve_SRCS) $(UKMEM_T_ASLR)
UNIT_ukmem-reserve-aslr_CFLAGS := $(UNIT_ukmem-reserve_CFLAGS) \
	-DCONFIG_HARDEN_ASLR=1
UNIT_ukmem-reserve-aslr_LIBS := $(UKMEM_T_LIBS)
UNITS += ukmem-reserve-aslr
