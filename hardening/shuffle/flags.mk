# SPDX-License-Identifier: BSD-3-Clause
HARDEN_SHUFFLE_SCOPE := image
HARDEN_SHUFFLE_TITLE := shuffle: functions in a new order at every boot
HARDEN_SHUFFLE_NOTE_arm64 := the kit that moves functions knows x86 instructions only
HARDEN_SHUFFLE_NEEDS := aslr
HARDEN_SHUFFLE_SRCS := boot.c gap.c view.c draw.c apply.c random.c
HARDEN_SHUFFLE_DEPENDS := libukbase libukmem
# It runs once for every function and relocation, at every boot.
LIBHARDEN_SHUFFLE_CFLAGS-y += -O2
# While pieces move, no loop may become a call of memcpy.
LIBHARDEN_SHUFFLE_CFLAGS-y += -fno-builtin $(if $(filter \
	gcc,$(UK_COMPILER)),-fno-tree-loop-distribute-patterns)
