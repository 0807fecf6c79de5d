# SPDX-License-Identifier: BSD-3-Clause
HARDEN_FORTIFY_SCOPE := library
HARDEN_FORTIFY_TITLE := fortify: copies and texts end where their buffer does
# Before the headers of core and of the C library.
HARDEN_FORTIFY_CFLAGS = -I$(UK_ROOT)/hardening/fortify/wrap -Wformat -Wformat-security
HARDEN_FORTIFY_SRCS := string.c
HARDEN_FORTIFY_DEPENDS := libukbase libukdebug
