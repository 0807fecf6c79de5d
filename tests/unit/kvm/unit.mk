# SPDX-License-Identifier: BSD-3-Clause
UNIT_kvmplat-pvh_SRCS := tests/unit/kvm/test_pvh.c plat/kvm/pvh.c \
	plat/kvm/seed.c
UNIT_kvmplat-pvh_CFLAGS := -Iplat/kvm -Icore/base/include
UNIT_kvmplat-acpi_SRCS := tests/unit/kvm/test_acpi.c plat/kvm/acpi.c \
	plat/kvm/fadt.c
UNIT_kvmplat-acpi_CFLAGS := -Iplat/kvm -Icore/base/include
UNIT_kvmplat-rtc_SRCS := tests/unit/kvm/test_rtc.c plat/kvm/date.c
UNIT_kvmplat-rtc_CFLAGS := -Iplat/kvm
UNITS += kvmplat-pvh kvmplat-acpi kvmplat-rtc
