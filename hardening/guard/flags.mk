# SPDX-License-Identifier: BSD-3-Clause
HARDEN_GUARD_SCOPE := image
HARDEN_GUARD_TITLE := guard: an unmapped page below every stack
HARDEN_GUARD_DEPENDS := libukbase libukdebug libukmem
