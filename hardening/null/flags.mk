# SPDX-License-Identifier: BSD-3-Clause
HARDEN_NULL_SCOPE := image
HARDEN_NULL_TITLE := null: page 0 and low memory are not mapped
HARDEN_NULL_DEPENDS := libukbase libukdebug libukmem
