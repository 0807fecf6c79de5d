/* SPDX-License-Identifier: BSD-3-Clause */
/* The time of a machine that tests/unit/kvm/busy.h plays. */
#pragma once

#include_next <uk/arch/cpu.h>
uint64_t machine_cycles(void);
#define ukarch_cycles() machine_cycles()
