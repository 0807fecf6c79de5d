# SPDX-License-Identifier: BSD-3-Clause
FUZZ_bootinfo_SRCS := tests/fuzz/bootinfo/fuzz.c plat/common/pvh.c \
	plat/common/seed.c plat/kvm/acpi.c plat/kvm/dsdt.c \
	plat/kvm/fadt.c plat/kvm/nfit.c
FUZZ_bootinfo_CFLAGS := -Iplat/kvm -Iplat/common -Icore/base/include \
	-DCONFIG_HARDEN_HVRO=1 -DCONFIG_LIBUKBUS_MMIO=1
FUZZ_bootinfo_ARGS := -max_len=8192
FUZZERS += bootinfo
