# SPDX-License-Identifier: BSD-3-Clause
HARDEN_HVRO_SCOPE := image
HARDEN_HVRO_TITLE := hvro: the hypervisor holds text and constants
HARDEN_HVRO_NOTE_arm64 := the machine virt keeps its nvdimms to itself: no device here holds text read-only
HARDEN_HVRO_NEEDS := wx
HARDEN_HVRO_DEPENDS := libukbase libukdebug libukmem
