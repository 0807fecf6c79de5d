# SPDX-License-Identifier: BSD-3-Clause
HARDEN_STACK_CLASH_SCOPE := library
HARDEN_STACK_CLASH_TITLE := stack-clash: probe every page of a large frame
HARDEN_STACK_CLASH_CFLAGS := -fstack-clash-protection
# Its own idea of a guard is 64 KiB there.
HARDEN_STACK_CLASH_CFLAGS_gcc_arm64 := --param=stack-clash-protection-guard-size=12
HARDEN_STACK_CLASH_OFF_CFLAGS := -fno-stack-clash-protection
HARDEN_STACK_CLASH_DEPENDS := libukbase libukdebug libukmem
