/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A machine for page tables: frames to make tables of, and a CPU's walk that
 * shares no code with what is tested.
 */
#pragma once

#include <uk/arch/paging.h>

#define MMU_FRAMES 400
#define MMU_BASE 0x40000000ul	/* physical address of the first frame */

extern struct ukarch_pt mmu_pt;
extern unsigned int mmu_taken;	/* frames that are tables now, with the root */
extern unsigned int mmu_left;	/* frames that take() still has */
extern unsigned int mmu_refused; /* how often it had none */

/* An empty top table; nx as the CPU was set up. */
void mmu_reset(bool nx);

struct mmu_page {
	bool mapped, w, x, device, large;
	uint64_t pa;
};
/* What the CPU would find at va; fails the test on a malformed entry. */
struct mmu_page mmu_walk(uintptr_t va);
/* Tables that can be reached from the root, with the root. */
unsigned int mmu_reachable(void);

/* As assert_true, without a call while it holds: millions of these run. */
#define CHECK(x)							\
	do {								\
		if (!(x))						\
			_fail(__FILE__, __LINE__);			\
	} while (0)
