/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the CPU says of itself. No privilege needed; under a hypervisor each
 * call is a trap to it (about a microsecond), so ask once.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct ukarch_cpuid {
	uint32_t eax, ebx, ecx, edx;
};

static inline void ukarch_cpuid(uint32_t leaf, uint32_t sub,
				struct ukarch_cpuid *r)
{
	__asm__ __volatile__("cpuid"
			     : "=a"(r->eax), "=b"(r->ebx), "=c"(r->ecx),
			       "=d"(r->edx)
			     : "a"(leaf), "c"(sub));
}

/* A leaf past the last one gives zeroes (the CPU itself gives rubbish). */
static inline void ukarch_cpuid_checked(uint32_t leaf, uint32_t sub,
					struct ukarch_cpuid *r)
{
	ukarch_cpuid(leaf & 0xffff0000u, 0, r);
	if (r->eax >= leaf)
		ukarch_cpuid(leaf, sub, r);
	else
		*r = (struct ukarch_cpuid){ 0 };
}

/* Leaf 1 */
#define UKARCH_CPUID1_ECX_XSAVE		(1u << 26)
#define UKARCH_CPUID1_ECX_OSXSAVE	(1u << 27) /* CR4.OSXSAVE is set */
#define UKARCH_CPUID1_ECX_RDRAND	(1u << 30)
#define UKARCH_CPUID1_EDX_MCE		(1u << 7)
/* Leaf 7.0 */
#define UKARCH_CPUID7_EBX_FSGSBASE	(1u << 0)
#define UKARCH_CPUID7_EBX_SMEP		(1u << 7)
#define UKARCH_CPUID7_EBX_RDSEED	(1u << 18)
#define UKARCH_CPUID7_EBX_SMAP		(1u << 20)
#define UKARCH_CPUID7_ECX_UMIP		(1u << 2)
#define UKARCH_CPUID7_EDX_IBT		(1u << 20)
/* Leaf 0xd.0: eax = what XCR0 may hold, ebx = bytes for what it holds now;
 * 0xd.1 */
#define UKARCH_CPUIDD1_EAX_XSAVEOPT	(1u << 0)
/* Leaf 0x80000001 */
#define UKARCH_CPUIDX1_EDX_NX		(1u << 20)
#define UKARCH_CPUIDX1_EDX_LM		(1u << 29)
