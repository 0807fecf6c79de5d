# SPDX-License-Identifier: BSD-3-Clause
# The parts of arch/x86_64 that need no privilege, on the host's own CPU.
X86_64_T_CFLAGS := -Iarch/x86_64 -Iarch/x86_64/include

UNIT_x86_64-paging_SRCS := tests/unit/x86_64/test_paging.c \
	tests/unit/x86_64/mmu.c arch/x86_64/paging.c arch/common/walk.c \
	arch/x86_64/clear.S
UNIT_x86_64-paging_CFLAGS := $(X86_64_T_CFLAGS)

UNIT_x86_64-tls_SRCS := tests/unit/x86_64/test_tls.c arch/x86_64/tls.c
UNIT_x86_64-tls_CFLAGS := $(X86_64_T_CFLAGS)

UNIT_x86_64-trap_SRCS := tests/unit/x86_64/test_trap.c arch/x86_64/trap.c \
	arch/x86_64/entropy.c
UNIT_x86_64-trap_CFLAGS := $(X86_64_T_CFLAGS)

UNIT_x86_64-context_SRCS := tests/unit/x86_64/test_context.c \
	arch/x86_64/context.c arch/x86_64/switch.S arch/x86_64/fpu.c \
	arch/x86_64/tls.c
UNIT_x86_64-context_CFLAGS := $(X86_64_T_CFLAGS)

UNITS += x86_64-paging x86_64-tls x86_64-trap x86_64-context
