/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Small things of the CPU that need no privilege: usable on every platform.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline void ukarch_relax(void)
{
	__asm__ __volatile__("yield");
}

/* Free-running counter (the virtual counter). Units are not known here. */
static inline uint64_t ukarch_cycles(void)
{
	uint64_t v;

	/* Not before what stands in front of it. */
	__asm__ __volatile__("isb\n\tmrs %0, cntvct_el0"
			     : "=r"(v) : : "memory");
	return v;
}

/* One word of hardware entropy: RNDRRS, the reseeded one, else RNDR, with
 * retries. false: the CPU has neither (FEAT_RNG) or stays empty. */
bool ukarch_entropy_u64(uint64_t *out);

/* Frame pointer of the caller, for backtraces. */
#define ukarch_frame_pointer() ((uintptr_t)__builtin_frame_address(0))

/* Step one frame up: false at the end of the chain. Reads fp[0] and fp[1];
 * the caller has checked that they may be read. */
static inline bool ukarch_frame_next(uintptr_t fp, uintptr_t *next,
				     uintptr_t *ret)
{
	const uintptr_t *p = (const uintptr_t *)fp;

	*next = p[0];
	*ret = p[1] & 0xffffffffffff;	/* signed: mitigation pac */
	return *next > fp;
}
