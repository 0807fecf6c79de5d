/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clock: the CPU's virtual counter (DDI 0487, D11), whose rate it says
 * itself, and the timer that goes with it. The time of day: Arm's PL031.
 */
#include "virt.h"

#include <uk/arch/cpu.h>
#include <uk/errno.h>

#define NS_PER_S 1000000000ull
#define LONGEST ((1ull << 24) * NS_PER_S)	/* half a year */
#define HZ_MIN 1000000ull
#define HZ_MAX (1ull << 36)

#define TIMER_ON 1u
#define TIMER_SILENT 2u

#define RTC_LEN 4		/* RTCDR: seconds since 1970 */

static uint64_t base UK_RO_AFTER_INIT_ZERO;	/* counter at time 0 */
static uint64_t ns_per_tick UK_RO_AFTER_INIT_ZERO;	/* 32.32 fixed point */
static uint64_t ticks_per_ns UK_RO_AFTER_INIT_ZERO;	/* 37.27 */
static volatile uint32_t *rtc UK_RO_AFTER_INIT_ZERO;
static uint64_t wall_base;	/* wall clock at time 0; 0 = unknown */

/* v * by >> shift in 128 bits; shift is 1 to 63. */
static inline uint64_t scale(uint64_t v, uint64_t by, unsigned int shift)
{
	return (uint64_t)((unsigned __int128)v * by >> shift);
}

uint64_t ukplat_clock_monotonic(void)
{
	return scale(ukarch_cycles() - base, ns_per_tick, 32);
}

uint64_t ukplat_clock_wall(void)
{
	uint64_t now = ukplat_clock_monotonic();

	if (!rtc)
		return 0;
	if (!wall_base)
		wall_base = *rtc * NS_PER_S - now;
	return wall_base + now;
}

void kvm_timer_set(uint64_t until)
{
	uint64_t ns = UK_MIN(until, LONGEST);

	ukarch_cntv_cval_set(base + scale(ns, ticks_per_ns, 27) + 1);
	ukarch_cntv_ctl_set(TIMER_ON);
}

void kvm_timer_stop(void)
{
	ukarch_cntv_ctl_set(TIMER_SILENT);
}

int kvm_clock_init(void)
{
	uint64_t hz = ukarch_cntfrq();

	if (hz < HZ_MIN || hz > HZ_MAX)
		ukplat_boot_refuse("no clock: the CPU's counter says no rate "
				   "that can be right (CNTFRQ_EL0)", hz);
	ticks_per_ns = ((hz << 27) + NS_PER_S - 1) / NS_PER_S;
	ns_per_tick = (NS_PER_S << 32) / hz;
	base = ukarch_cycles();
	kvm_timer_stop();
	if (kvm_fdt.rtc)
		rtc = kvm_device(kvm_fdt.rtc, RTC_LEN);
	return kvm_fdt.rtc && !rtc ? -ENOMEM : 0;
}
