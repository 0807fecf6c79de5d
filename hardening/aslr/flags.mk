# SPDX-License-Identifier: BSD-3-Clause
HARDEN_ASLR_SCOPE := image
HARDEN_ASLR_TITLE := aslr: every area at a random place
HARDEN_ASLR_DEPENDS := libukbase libukdebug libukmem
