# SPDX-License-Identifier: BSD-3-Clause
HARDEN_CPU_SCOPE := image
HARDEN_CPU_TITLE := cpu: protection bits of the CPU on, and watched
HARDEN_CPU_DEPENDS := libukbase libukdebug
