/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Hardware entropy (FEAT_RNG, Arm DDI 0487, D17.2). Built without stack
 * protector: the canary comes from here.
 */
#include <uk/arch/cpu.h>

#define TRIES 32
#define ISAR0_RNDR_SHIFT 60

/* Registers without a name for old assemblers; carry is set where the value is
 * good: the condition is "ne". */
static bool rndrrs(uint64_t *out)
{
	bool ok;

	__asm__ __volatile__("mrs %0, s3_3_c2_c4_1\n\tcset %w1, ne"
			     : "=r"(*out), "=r"(ok) : : "cc");
	return ok;
}

static bool rndr(uint64_t *out)
{
	bool ok;

	__asm__ __volatile__("mrs %0, s3_3_c2_c4_0\n\tcset %w1, ne"
			     : "=r"(*out), "=r"(ok) : : "cc");
	return ok;
}

bool ukarch_entropy_u64(uint64_t *out)
{
	uint64_t isar0;
	int i;

	__asm__ __volatile__("mrs %0, id_aa64isar0_el1" : "=r"(isar0));
	if (!(isar0 >> ISAR0_RNDR_SHIFT))
		return false;
	for (i = 0; i < TRIES; i++) {
		if (rndrrs(out) || rndr(out))
			return true;
		ukarch_relax();
	}
	return false;
}
