/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/system.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/plat.h>
#include <uk/selftest.h>

#define ALWAYS (UKARCH_SCTLR_M | UKARCH_SCTLR_SA)
#ifdef CONFIG_HARDEN_WX
#define WANTED (ALWAYS | UKARCH_SCTLR_WXN)
#else
#define WANTED ALWAYS
#endif

static bool has_pan(void)
{
	return ukarch_mmfr1() & UKARCH_MMFR1_PAN;
}

static int bits_on(struct uk_selftest_result *r)
{
	r->why = "page tables, stack alignment or WXN is off in SCTLR";
	r->want = WANTED;
	r->got = ukarch_sctlr_get() & WANTED;
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "PAN is off, or a trap leaves it as it is";
	r->want = r->got = 0;
	if (has_pan() && (!ukarch_pan_get() ||
			  ukarch_sctlr_get() & UKARCH_SCTLR_SPAN))
		return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

/* Changes one bit and lets the platform look. */
static void change_sa(void *arg UK_UNUSED)
{
	ukarch_sctlr_set(ukarch_sctlr_get() ^ UKARCH_SCTLR_SA);
	ukplat_idle(0);
}

static int change_noticed(struct uk_selftest_result *r)
{
	unsigned long flags = ukplat_irq_save();
	uint64_t sctlr = ukarch_sctlr_get();

	r->want = UK_DEATH_OTHER;
	r->got = uk_catch(change_sa, NULL, NULL);
	ukarch_sctlr_set(sctlr);
	ukplat_irq_restore(flags);
	r->why = "a protection bit was changed and nobody noticed (death)";
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(cpu, "the CPU's protection bits are on", bits_on);
UK_SELFTEST(cpu, "a changed protection bit is noticed", change_noticed);
