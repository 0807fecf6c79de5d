/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The run-time half of the mitigation cpu: bits of the CPU that protect memory
 * are looked at whenever this platform has control anyway.
 */
#include "virt.h"

#include <uk/crash.h>

#define WATCHED (UKARCH_SCTLR_M | UKARCH_SCTLR_SA | UKARCH_SCTLR_WXN | \
		 UKARCH_SCTLR_SPAN | UKARCH_SCTLR_ENIA | UKARCH_SCTLR_BT1)

static uint64_t bits UK_RO_AFTER_INIT_ZERO;
static bool pan UK_RO_AFTER_INIT_ZERO, started UK_RO_AFTER_INIT_ZERO;

void plat_watch_start(void)
{
	bits = ukarch_sctlr_get() & WATCHED;
	pan = ukarch_mmfr1() & UKARCH_MMFR1_PAN;
	started = true;
}

/* One copy: who may write this register is then plain to see. */
UK_NOINLINE void plat_watch(void)
{
	uint64_t sctlr = ukarch_sctlr_get();
	bool on = !pan || ukarch_pan_get();

	if (likely(((sctlr & WATCHED) == bits && on) || !started))
		return;
	/* The crash screen shall run protected. */
	ukarch_sctlr_set((sctlr & ~WATCHED) | bits);
	if (pan)
		ukarch_pan_on();
	uk_crash(UK_DEATH_OTHER, "protection bits of the CPU were changed: "
		 "SCTLR %#lx, PAN %d", (unsigned long)sctlr, on);
}
