# SPDX-License-Identifier: BSD-3-Clause
UNIT_kvmplat-pvh_SRCS := tests/unit/kvm/test_pvh.c plat/common/pvh.c \
	plat/common/seed.c
UNIT_kvmplat-pvh_CFLAGS := -Iplat/kvm -Iplat/common -Icore/base/include
UNIT_kvmplat-acpi_SRCS := tests/unit/kvm/test_acpi.c plat/kvm/acpi.c \
	plat/kvm/dsdt.c plat/kvm/fadt.c plat/kvm/nfit.c
UNIT_kvmplat-acpi_CFLAGS := -Iplat/kvm -Iplat/common -Icore/base/include \
	-DCONFIG_HARDEN_HVRO=1 -DCONFIG_LIBUKBUS_MMIO=1
UNIT_kvmplat-rtc_SRCS := tests/unit/kvm/test_rtc.c plat/kvm/date.c
UNIT_kvmplat-rtc_CFLAGS := -Iplat/kvm -Iplat/common
KVMPLAT_T_BUSY := -Itests/unit/kvm/fake -Iplat/kvm -Iplat/common -Icore/base/include \
	-Icore/debug/include -Icore/mem/include -Iarch/x86_64/include
UNIT_kvmplat-apic_SRCS := tests/unit/kvm/test_apic.c
UNIT_kvmplat-apic_CFLAGS := $(KVMPLAT_T_BUSY)
UNIT_kvmplat-clock_SRCS := tests/unit/kvm/test_clock.c
UNIT_kvmplat-clock_CFLAGS := $(KVMPLAT_T_BUSY)
UNITS += kvmplat-apic kvmplat-clock
UNITS += kvmplat-pvh kvmplat-acpi kvmplat-rtc
