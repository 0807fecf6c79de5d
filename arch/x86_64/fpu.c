/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which FPU state there is. No privilege: who owns the CPU has set XCR0.
 *
 * Saved are x87, SSE, AVX and AVX-512. Not PKRU: rights of protection keys
 * change in gates only, never as a side effect of restoring registers. Not
 * AMX tiles, which an operating system hands out on request.
 */
#include <uk/arch/context.h>
#include <uk/arch/cpuid.h>
#include "fpu.h"

#define RO_AFTER_INIT __attribute__((section(".roinit")))
#define RO_AFTER_INIT_ZERO __attribute__((section(".bss.roinit")))

#define LEGACY_BYTES	512
#define HEADER_BYTES	64
#define FEATURES	0xe7u /* XCR0 bits 0-2 and 5-7 */
#define FIRST_EXTENDED	2
#define LAST_EXTENDED	7
#define FCW_OFFSET	0
#define FCW_DEFAULT	0x037f
#define MXCSR_OFFSET	24
#define MXCSR_DEFAULT	0x1f80

/* One size for both formats: an interrupt clears the header unseen. */
size_t ukarch_fpu_bytes RO_AFTER_INIT = LEGACY_BYTES + HEADER_BYTES;
uint32_t ukarch_fpu_mask RO_AFTER_INIT_ZERO;
uint32_t ukarch_fpu_opt RO_AFTER_INIT_ZERO;

static uint32_t xcr0(void)
{
	uint32_t lo, hi;

	__asm__ __volatile__("xgetbv" : "=a"(lo), "=d"(hi) : "c"(0));
	return lo;
}

void ukarch_fpu_init(void)
{
	struct ukarch_cpuid r;
	uint32_t i;

	ukarch_cpuid(1, 0, &r);
	if (!(r.ecx & UKARCH_CPUID1_ECX_OSXSAVE))
		return;
	ukarch_fpu_mask = xcr0() & FEATURES;
	ukarch_cpuid(0xd, 1, &r);
	ukarch_fpu_opt = r.eax & UKARCH_CPUIDD1_EAX_XSAVEOPT;
	for (i = FIRST_EXTENDED; i <= LAST_EXTENDED; i++) {
		if (!(ukarch_fpu_mask >> i & 1))
			continue;
		ukarch_cpuid(0xd, i, &r);
		if (ukarch_fpu_bytes < (size_t)r.ebx + r.eax)
			ukarch_fpu_bytes = (size_t)r.ebx + r.eax;
	}
	ukarch_fpu_bytes = (ukarch_fpu_bytes + UKARCH_FPU_ALIGN - 1) &
			   -(size_t)UKARCH_FPU_ALIGN;
}

size_t ukarch_fpu_size(void)
{
	return ukarch_fpu_bytes;
}

/* A zero header says "all features in their initial state", but MXCSR is
 * always read. */
void ukarch_fpu_reset(void *area)
{
	__builtin_memset(area, 0, ukarch_fpu_bytes);
	*(uint16_t *)((char *)area + FCW_OFFSET) = FCW_DEFAULT;
	*(uint32_t *)((char *)area + MXCSR_OFFSET) = MXCSR_DEFAULT;
}
