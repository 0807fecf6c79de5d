# SPDX-License-Identifier: BSD-3-Clause
HARDEN_STACK_OFFSET_SCOPE := image
HARDEN_STACK_OFFSET_TITLE := stack-offset: threads begin at a random place
HARDEN_STACK_OFFSET_SRCS := offset.c
HARDEN_STACK_OFFSET_DEPENDS := libukbase libukdebug libukboot libukmem
