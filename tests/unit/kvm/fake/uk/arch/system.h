/* SPDX-License-Identifier: BSD-3-Clause */
/* The registers of a machine that tests/unit/kvm/busy.h plays. */
#pragma once

#include_next <uk/arch/system.h>
#include <uk/arch/cpuid.h>
uint64_t machine_rdmsr(uint32_t msr);
void machine_wrmsr(uint32_t msr, uint64_t v);
#define ukarch_rdmsr(msr) machine_rdmsr(msr)
#define ukarch_wrmsr(msr, v) machine_wrmsr(msr, v)
