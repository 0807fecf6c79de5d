/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What KVM tells about time. It writes the TSC's rate and the time of day to
 * memory that the guest names; both are read once and the address is taken
 * back at once, so that the hypervisor keeps no page of this image to write
 * to. (A guest that is moved to a machine with another TSC rate would need
 * the page: KVM scales the TSC in that case on all current CPUs.)
 */
#include "clock.h"
#include "kvm.h"

#include <uk/arch/system.h>
#include <uk/essentials.h>
#include <uk/vm.h>

#define CPUID_FIRST 0x40000000u
#define CPUID_SECOND 0x40000100u	/* behind Hyper-V's leaves */
#define FEATURE_CLOCK2 (1u << 3)

#define MSR_WALL 0x4b564d00
#define MSR_SYSTEM_TIME 0x4b564d01
#define MSR_ENABLE 1

#define NS_PER_S 1000000000ull

/* Both layouts are KVM's. They must not cross a page. */
struct system_time {
	uint32_t version, pad0;
	uint64_t tsc, ns;
	uint32_t mul;
	int8_t shift;
	uint8_t flags, pad[2];
};
struct wall_clock {
	uint32_t version, s, ns;
};
static union {
	struct system_time st;
	struct wall_clock wall;
} page UK_ALIGNED(64);

static uint64_t system_ns;	/* KVM's own clock at system_tsc */
static uint64_t system_tsc;

static bool is_kvm(uint32_t leaf)
{
	struct ukarch_cpuid r;

	ukarch_cpuid(leaf, 0, &r);
	/* "KVMKVMKVM" */
	if (r.ebx != 0x4b4d564b || r.ecx != 0x564b4d56 || r.edx != 0x4d)
		return false;
	ukarch_cpuid(leaf + 1, 0, &r);
	return r.eax & FEATURE_CLOCK2;
}

/* Have KVM fill the page once; msr 0 takes nothing back. */
static UK_NOINLINE bool kvmclock_ask(uint32_t msr, uint64_t flags)
{
	uint64_t pa = uk_vm_phys(&page);

	if (pa == UINT64_MAX)
		return false;
	ukarch_wrmsr(msr, pa | flags);
	if (flags != 0)
		ukarch_wrmsr(msr, 0);
	__asm__ __volatile__("" : : : "memory");
	/* The CPU that would write is this one: odd means half-written. */
	return (page.st.version & 1) == 0 && page.st.version != 0;
}

uint64_t kvm_kvmclock_hz(void)
{
	const struct system_time *st = &page.st;
	uint64_t ns_per_tick;

	if ((!is_kvm(CPUID_FIRST) && !is_kvm(CPUID_SECOND)) ||
	    !kvmclock_ask(MSR_SYSTEM_TIME, MSR_ENABLE))
		return 0;
	if (st->mul == 0 || st->shift > 31 || st->shift < -31)
		return 0;
	system_ns = st->ns;
	system_tsc = st->tsc;
	ns_per_tick = st->shift >= 0 ? (uint64_t)st->mul << st->shift
				     : (uint64_t)st->mul >> -st->shift;
	return ns_per_tick ? (NS_PER_S << 32) / ns_per_tick : 0;
}

uint64_t kvm_kvmclock_wall(uint64_t *tsc)
{
	if (system_tsc == 0 || !kvmclock_ask(MSR_WALL, 0))
		return 0;
	*tsc = system_tsc;
	return page.wall.s * NS_PER_S + page.wall.ns + system_ns;
}
