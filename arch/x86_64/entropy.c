/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Hardware entropy. Built without stack protector: the canary comes from
 * here. QEMU's software CPU may have RDRAND only, so either will do.
 */
#include <uk/arch/cpu.h>
#include <uk/arch/cpuid.h>

#define TRIES 32

static bool rdseed(uint64_t *out)
{
	bool ok;

	__asm__ __volatile__("rdseed %0" : "=r"(*out), "=@ccc"(ok) : : "cc");
	return ok;
}

static bool rdrand(uint64_t *out)
{
	bool ok;

	__asm__ __volatile__("rdrand %0" : "=r"(*out), "=@ccc"(ok) : : "cc");
	return ok;
}

static bool retry(bool (*draw)(uint64_t *out), uint64_t *out)
{
	int i;

	for (i = 0; i < TRIES; i++) {
		if (draw(out))
			return true;
		ukarch_relax();
	}
	return false;
}

bool ukarch_entropy_u64(uint64_t *out)
{
	struct ukarch_cpuid r;

	ukarch_cpuid_checked(7, 0, &r);
	if (r.ebx & UKARCH_CPUID7_EBX_RDSEED && retry(rdseed, out))
		return true;
	ukarch_cpuid_checked(1, 0, &r);
	return r.ecx & UKARCH_CPUID1_ECX_RDRAND && retry(rdrand, out);
}
