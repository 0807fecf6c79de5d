# SPDX-License-Identifier: BSD-3-Clause
# <uk/links.h> asks for the option: no flags.
HARDEN_LINKS_SCOPE := image
HARDEN_LINKS_TITLE := links: lists and counts that were written over are not followed
HARDEN_LINKS_SRCS := fail.c
HARDEN_LINKS_DEPENDS := libukbase libukdebug
