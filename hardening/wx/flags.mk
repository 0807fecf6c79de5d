# SPDX-License-Identifier: BSD-3-Clause
HARDEN_WX_SCOPE := image
HARDEN_WX_TITLE := wx: no page is writable and executable
HARDEN_WX_DEPENDS := libukbase libukdebug libukmem
