# SPDX-License-Identifier: BSD-3-Clause
HARDEN_WX_SCOPE := image
HARDEN_WX_TITLE := wx: no page is writable and executable
LIBHARDEN_WX_HARDEN_EXCEPT_SSP_ALL := payload: its bytes must run wherever they are copied to
HARDEN_WX_DEPENDS := libukbase libukdebug libukmem libukargparse
