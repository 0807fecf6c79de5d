# SPDX-License-Identifier: BSD-3-Clause
HARDEN_ENTRY_STATE_SCOPE := image
HARDEN_ENTRY_STATE_TITLE := entry-state: nothing but arguments comes in from outside
HARDEN_ENTRY_STATE_DEPENDS := libukbase libukdebug
