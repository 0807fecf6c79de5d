# SPDX-License-Identifier: BSD-3-Clause
HARDEN_JMPBUF_SCOPE := image
HARDEN_JMPBUF_TITLE := jmpbuf: what longjmp reads is sealed
HARDEN_JMPBUF_SRCS := key.c mac.c seal.c
HARDEN_JMPBUF_DEPENDS := libukbase libukdebug libukboot
