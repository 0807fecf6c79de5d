# SPDX-License-Identifier: BSD-3-Clause
# On x86_64 the compiler calls `as` of this folder, which changes what the compiler
# wrote and calls the assembler; on arm64 it has a way of its own, for which x18 is
# kept in the whole image (support/build/flags.mk).
HARDEN_SHADOW_STACK_SCOPE := library
HARDEN_SHADOW_STACK_TITLE := shadow-stack: functions return where they came from
# ipa-ra would keep values in r10 and r11 over calls of functions that it sees.
HARDEN_SHADOW_STACK_CFLAGS_gcc_x86_64 = -fno-ipa-ra -B$(UK_ROOT)/hardening/shadow-stack/
HARDEN_SHADOW_STACK_CFLAGS_clang_x86_64 = -fno-integrated-as -B$(UK_ROOT)/hardening/shadow-stack/
HARDEN_SHADOW_STACK_CFLAGS_gcc_arm64 := -fsanitize=shadow-call-stack
HARDEN_SHADOW_STACK_CFLAGS_clang_arm64 := -fsanitize=shadow-call-stack
# What lies on the stack is signed for nobody where it is not returned to.
HARDEN_SHADOW_STACK_CONFLICTS := OPTIMIZE_LTO HARDEN_PAC
HARDEN_SHADOW_STACK_SRCS := fail.c
HARDEN_SHADOW_STACK_DEPENDS := libukbase libukdebug
