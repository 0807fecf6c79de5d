/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Time since the machine started: the hypervisor writes down what it was at one
 * value of the CPU's counter, and how to count on from there.
 */
#include "xen.h"

#include <uk/arch/cpu.h>
#include <uk/essentials.h>

#define NS_PER_S 1000000000ull

static void read_barrier(void)
{
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
}

/* The writer is the hypervisor, on this CPU or another: never long. */
static void take(struct xen_time *t)
{
	volatile struct xen_time *from = &xen_shared->vcpu[0].time;

	do {
		t->version = from->version & ~1u;
		read_barrier();
		t->tsc = from->tsc;
		t->ns = from->ns;
		t->mul = from->mul;
		t->shift = from->shift;
		read_barrier();
	} while (t->version != from->version);
}

uint64_t ukplat_clock_monotonic(void)
{
	static uint64_t last;
	struct xen_time t;
	uint64_t ticks, now;

	if (!xen_shared)
		return 0;
	take(&t);
	ticks = ukarch_cycles() - t.tsc;
	ticks = t.shift >= 0 ? ticks << (t.shift & 63) :
			       ticks >> (-t.shift & 63);
	now = t.ns + (uint64_t)((unsigned __int128)ticks * t.mul >> 32);
	/* What another host writes after a move may lie behind. */
	last = UK_MAX(last, now);
	return last;
}

/* What the clock on the wall showed when this one was 0. */
uint64_t ukplat_clock_wall(void)
{
	uint32_t version;
	uint64_t s, ns;

	if (!xen_shared)
		return 0;
	do {
		version = xen_shared->wall_version & ~1u;
		read_barrier();
		s = (uint64_t)xen_shared->wall_s_high << 32 |
		    xen_shared->wall_s;
		ns = xen_shared->wall_ns;
		read_barrier();
	} while (version != xen_shared->wall_version);
	return s ? s * NS_PER_S + ns + ukplat_clock_monotonic() : 0;
}
