# SPDX-License-Identifier: BSD-3-Clause
# The compiler calls `as` of this folder, which changes what the compiler wrote
# and calls the assembler.
HARDEN_SHADOW_STACK_SCOPE := library
HARDEN_SHADOW_STACK_TITLE := shadow-stack: functions return where they came from
HARDEN_SHADOW_STACK_NOTE_arm64 := it is made of x86 instructions
# ipa-ra would keep values in r10 and r11 over calls of functions that it sees.
HARDEN_SHADOW_STACK_CFLAGS_gcc = -fno-ipa-ra -B$(UK_ROOT)/hardening/shadow-stack/
HARDEN_SHADOW_STACK_CFLAGS_clang = -fno-integrated-as -B$(UK_ROOT)/hardening/shadow-stack/
HARDEN_SHADOW_STACK_CONFLICTS := OPTIMIZE_LTO
HARDEN_SHADOW_STACK_SRCS := fail.c
HARDEN_SHADOW_STACK_DEPENDS := libukbase libukdebug
