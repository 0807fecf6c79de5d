# SPDX-License-Identifier: BSD-3-Clause
# The CPU's own context switch runs here, on stacks that ASan did not make:
# deaths jump across them.
UKSCHED_T_CFLAGS := -DCONFIG_HARDEN_LINKS=1 -Itests/unit/uksched -Isched/sched/include \
	-Isched/coop -Ialloc/alloc/include -Icore/base/include \
	-Icore/boot/include -Icore/debug/include -Icore/mem/include \
	-Iarch/x86_64/include -DCONFIG_LIBUKSCHED_STACK_KIB=64
UKSCHED_T_SRCS := tests/unit/uksched/host.c sched/sched/core.c \
	sched/sched/memory.c sched/sched/thread.c sched/sched/wait.c \
	sched/coop/coop.c sched/coop/sleep.c arch/x86_64/switch.S \
	arch/x86_64/context.c arch/x86_64/fpu.c arch/x86_64/tls.c
UKSCHED_T_LIBS := -Wl,-T,tests/unit/ukalloc/tables.ld

UNIT_uksched_SRCS := tests/unit/uksched/test_sched.c $(UKSCHED_T_SRCS)
UNIT_uksched_CFLAGS := $(UKSCHED_T_CFLAGS)
UNIT_uksched_LIBS := $(UKSCHED_T_LIBS)
UNITS += uksched

UNIT_uksched-sleep_SRCS := tests/unit/uksched/test_sleep.c sched/coop/sleep.c
UNIT_uksched-sleep_CFLAGS := $(UKSCHED_T_CFLAGS)
UNITS += uksched-sleep
