# SPDX-License-Identifier: BSD-3-Clause
# What of arm64 needs no CPU of that kind.
UNIT_arm64-fdt_SRCS := tests/unit/arm64/test_fdt.c plat/kvm/arm64/fdt.c
UNIT_arm64-fdt_CFLAGS := -Iplat/kvm/arm64 -Icore/base/include
UNIT_arm64-shift_SRCS := tests/unit/arm64/test_shift.c
UNIT_arm64-trap_SRCS := tests/unit/arm64/test_trap.c arch/arm64/trap.c
UNIT_arm64-trap_CFLAGS := -Iarch/arm64/include
UNITS += arm64-fdt arm64-shift arm64-trap
