/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clock: the CPU's time-stamp counter, scaled. Its rate is told by the
 * hypervisor or the CPU, or else measured against a counter of the machine:
 * for 2 ms, when the time is first asked for, so that an image that never asks
 * never waits.
 */
#include "clock.h"
#include "kvm.h"

#include <uk/arch/cpu.h>
#include <uk/arch/cpuid.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/essentials.h>

#define NS_PER_S 1000000000ull
#define MEASURE_PER_S 500	/* 1/500 s = 2 ms */
#define MEASURE_TRIES 200	/* a busy host disturbs most of them */
#define DEAD_TRIES 3
#define READS_MAX 1000000u	/* more than fit 2 ms: it does not count */
#define SAMPLES 4
#define LONGEST ((1ull << 24) * NS_PER_S)	/* half a year */

#define CPUID_HYPERVISOR 0x40000000u
#define CPUID_HV_TSC_KHZ 0x40000010u
#define CPUID_TSC 0x15u
#define CPUID_MHZ 0x16u

/* Below, TSC ticks of no machine; it keeps the scales in their range. */
#define HZ_MIN 1000000ull
#define HZ_MAX (1ull << 36)

static uint64_t base;		/* TSC at time 0 */
static uint64_t ns_per_tick;	/* 32.32 fixed point, 0 = not known yet */
static uint64_t ticks_per_ns;	/* 37.27 fixed point */
static uint64_t wall_base;	/* wall clock at time 0; 0 = no such clock */
static bool wall_known;
static const struct clock_ref *ref UK_RO_AFTER_INIT_ZERO;

static bool set_hz(uint64_t hz)
{
	if (hz < HZ_MIN || hz > HZ_MAX)
		return false;
	ticks_per_ns = ((hz << 27) + NS_PER_S - 1) / NS_PER_S;
	ns_per_tick = (NS_PER_S << 32) / hz;
	return true;
}

/* Rate by CPUID: the hypervisor's own leaf, then the CPU's. */
static uint64_t cpuid_hz(void)
{
	struct ukarch_cpuid r;
	uint64_t hz;

	ukarch_cpuid(CPUID_HYPERVISOR, 0, &r);
	if (r.eax >= CPUID_HV_TSC_KHZ && r.eax < CPUID_HYPERVISOR + 0x1000) {
		ukarch_cpuid(CPUID_HV_TSC_KHZ, 0, &r);
		if (r.eax != 0)
			return r.eax * 1000ull;
	}
	ukarch_cpuid(0, 0, &r);
	if (r.eax < CPUID_TSC)
		return 0;
	hz = r.eax;
	ukarch_cpuid(CPUID_TSC, 0, &r);
	if (r.eax == 0 || r.ebx == 0)
		return 0;
	if (r.ecx != 0)
		return (uint64_t)r.ecx * r.ebx / r.eax;
	if (hz < CPUID_MHZ)
		return 0;
	/* The crystal is not told, but the TSC runs at the base frequency. */
	ukarch_cpuid(CPUID_MHZ, 0, &r);
	return (r.eax & 0xffff) * 1000000ull;
}

/* One reading with the TSC beside it: the tightest of a few. */
static bool sample(uint64_t *tsc, uint32_t *count)
{
	uint64_t before, width, best = UINT64_MAX;
	unsigned int i;
	uint32_t c;

	for (i = 0; i < SAMPLES; i++) {
		before = ukarch_cycles();
		if (!ref->read(&c))
			return false;
		width = ukarch_cycles() - before;
		if (width < best) {
			best = width;
			*tsc = before + width / 2;
			*count = c;
		}
	}
	return true;
}

/* One measurement; 0 = it was disturbed, or (*dead) the counter stood still. */
static uint64_t measure(bool *dead)
{
	uint32_t c0, c, want = ref->hz / MEASURE_PER_S;
	uint64_t t0, t;
	unsigned int n;

	if (ref->start)
		ref->start();
	if (!sample(&t0, &c0))
		return 0;
	for (n = 0; n < READS_MAX; n++) {
		if (!ref->read(&c))
			return 0;
		if (((c - c0) & ref->mask) >= want)
			break;
	}
	*dead = n == READS_MAX;
	if (*dead || !sample(&t, &c))
		return 0;
	return (t - t0) * ref->hz / ((c - c0) & ref->mask);
}

static UK_NOINLINE void calibrate(void)
{
	unsigned long flags = ukplat_irq_save();
	unsigned int i, n_dead = 0;

	for (i = 0; i < MEASURE_TRIES && ns_per_tick == 0; i++) {
		bool dead = false;

		(void)set_hz(measure(&dead));
		n_dead += dead;
		if (n_dead == DEAD_TRIES)
			break;
	}
	if (ns_per_tick == 0) {
		/* Whoever prints this asks for the time again. */
		(void)set_hz(NS_PER_S);
		uk_crash(UK_DEATH_OTHER, "the clock cannot be measured: "
			 "the %s does not count", ref->name);
	}
	ukplat_irq_restore(flags);
}

/* v * scale >> shift in 128 bits; shift is 1 to 63. */
static inline uint64_t scale(uint64_t v, uint64_t by, unsigned int shift)
{
	return (uint64_t)((unsigned __int128)v * by >> shift);
}

static inline bool known(void)
{
	if (unlikely(ns_per_tick == 0)) {
		if (!ref)
			return false;	/* asked before kvm_clock_init */
		calibrate();
	}
	return true;
}

uint64_t kvm_tsc_to_ns(uint64_t t)
{
	return known() ? scale(t, ns_per_tick, 32) : 0;
}

uint64_t kvm_ns_to_tsc(uint64_t ns)
{
	if (!known())
		return 0;
	return scale(UK_MIN(ns, LONGEST), ticks_per_ns, 27) + 1;
}

uint64_t ukplat_clock_monotonic(void)
{
	return kvm_tsc_to_ns(ukarch_cycles() - base);
}

uint64_t ukplat_clock_wall(void)
{
	uint64_t wall, now, tsc = 0;

	if (!wall_known) {
		wall = kvm_kvmclock_wall(&tsc);
		if (wall == 0)
			wall = kvm_rtc_wall(&tsc);
		/* tsc may lie before base, but not after now. */
		now = ukarch_cycles();
		if (wall != 0)
			wall_base = wall + kvm_tsc_to_ns(now - tsc) -
				    kvm_tsc_to_ns(now - base);
		wall_known = true;
	}
	return wall_base ? wall_base + ukplat_clock_monotonic() : 0;
}

int kvm_clock_init(const struct uk_bootinfo *bi UK_UNUSED)
{
	base = ukarch_cycles();
	if (set_hz(kvm_kvmclock_hz()) || set_hz(cpuid_hz()))
		return 0;
	ref = kvm_pit_ref();
	if (!ref)
		ref = kvm_pmtimer_ref();
	if (!ref)
		ref = kvm_apic_ref();
	if (ref)
		return 0;
	ukplat_boot_refuse("no clock: the machine has neither kvmclock nor a "
			   "TSC rate in CPUID, a PIT or an ACPI timer; give it "
			   "one of them", 0);
}
