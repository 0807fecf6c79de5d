/* SPDX-License-Identifier: BSD-3-Clause */
/* The CPU of a machine that tests/unit/kvm/busy.h plays. */
#pragma once

#include_next <uk/arch/cpuid.h>
void machine_cpuid(uint32_t leaf, uint32_t sub, struct ukarch_cpuid *r);
#define ukarch_cpuid(leaf, sub, r) machine_cpuid(leaf, sub, r)
