/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The run-time half of the mitigation cpu: bits of the control registers that
 * protect memory are looked at whenever this platform has control anyway.
 * CR0 and CR4 are read without leaving the virtual machine. NX needs no look:
 * while it is off, every page that carries it faults.
 */
#include "machine.h"

#include <uk/crash.h>

#define CR0_WATCHED UKARCH_CR0_WP
#define CR4_WATCHED (UKARCH_CR4_SMEP | UKARCH_CR4_SMAP | \
		     UKARCH_CR4_UMIP | UKARCH_CR4_CET)

static uint64_t cr0_bits UK_RO_AFTER_INIT_ZERO, cr4_bits UK_RO_AFTER_INIT_ZERO;

void plat_watch_start(void)
{
	cr0_bits = ukarch_cr0_get() & CR0_WATCHED;
	cr4_bits = ukarch_cr4_get() & CR4_WATCHED;
}

/* One copy: who may write these registers is then plain to see. */
UK_NOINLINE void plat_watch(void)
{
	uint64_t cr0 = ukarch_cr0_get(), cr4 = ukarch_cr4_get();

	if (likely((cr0 & CR0_WATCHED) == cr0_bits &&
		   (cr4 & CR4_WATCHED) == cr4_bits))
		return;
	/* The crash screen shall run protected. */
	ukarch_cr0_set(cr0 | cr0_bits);
	ukarch_cr4_set((cr4 & ~CR4_WATCHED) | cr4_bits);
	uk_crash(UK_DEATH_OTHER, "protection bits of the CPU were changed: "
		 "CR0 %#lx, CR4 %#lx", (unsigned long)cr0, (unsigned long)cr4);
}
