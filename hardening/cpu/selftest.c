/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/system.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/plat.h>
#include <uk/selftest.h>

#ifdef CONFIG_HARDEN_WX
#define CR0_WANTED UKARCH_CR0_WP
#define EFER_WANTED UKARCH_EFER_NXE
#else
#define CR0_WANTED 0ul
#define EFER_WANTED 0ul
#endif

static int unprivileged(struct uk_selftest_result *r)
{
	r->why = "the host owns the control registers on this platform";
	return UK_SELFTEST_SKIP;
}

/* The bits of CR4 that this CPU has. */
static uint64_t cr4_wanted(void)
{
	struct ukarch_cpuid r;

	ukarch_cpuid_checked(7, 0, &r);
	return (r.ebx & UKARCH_CPUID7_EBX_SMEP ? UKARCH_CR4_SMEP : 0) |
	       (r.ebx & UKARCH_CPUID7_EBX_SMAP ? UKARCH_CR4_SMAP : 0) |
	       (r.ecx & UKARCH_CPUID7_ECX_UMIP ? UKARCH_CR4_UMIP : 0);
}

static int bits_on(struct uk_selftest_result *r)
{
	if (!(ukplat_info.features & UKPLAT_F_PRIVILEGED))
		return unprivileged(r);
	r->why = "WP is off in CR0";
	r->want = CR0_WANTED;
	r->got = ukarch_cr0_get() & CR0_WANTED;
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "NXE is off in EFER";
	r->want = EFER_WANTED;
	r->got = ukarch_rdmsr(UKARCH_MSR_EFER) & EFER_WANTED;
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "SMEP, SMAP or UMIP is off in CR4, and this CPU has it";
	r->want = cr4_wanted();
	r->got = ukarch_cr4_get() & r->want;
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

/* Changes one bit and lets the platform look. */
static void change_wp(void *arg UK_UNUSED)
{
	ukarch_cr0_set(ukarch_cr0_get() ^ UKARCH_CR0_WP);
	ukplat_idle(0);
}

static int change_noticed(struct uk_selftest_result *r)
{
	struct uk_catch_info info;
	unsigned long flags;
	uint64_t cr0;

	if (!(ukplat_info.features & UKPLAT_F_PRIVILEGED))
		return unprivileged(r);
	flags = ukplat_irq_save();
	cr0 = ukarch_cr0_get();
	r->want = UK_DEATH_OTHER;
	r->got = uk_catch(change_wp, NULL, &info);
	ukarch_cr0_set(cr0);
	ukplat_irq_restore(flags);
	r->why = "a protection bit was changed and nobody noticed (death)";
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(cpu, "the CPU's protection bits are on", bits_on);
UK_SELFTEST(cpu, "a changed protection bit is noticed", change_noticed);
