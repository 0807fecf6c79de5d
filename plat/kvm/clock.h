/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the rate of the TSC and the time of day come from. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * A counter of known rate, to measure the TSC against. Counts up; the count
 * is valid modulo mask + 1.
 */
struct clock_ref {
	const char *name;
	uint32_t hz, mask;
	void (*start)(void);	/* NULL: runs by itself */
	/* false: ran over since start, or answers no more; start again */
	bool (*read)(uint32_t *count);
};

/* Each is NULL where the machine has no such counter. No waiting. */
const struct clock_ref *kvm_pit_ref(void);
const struct clock_ref *kvm_pmtimer_ref(void);
const struct clock_ref *kvm_apic_ref(void);

/* TSC ticks in a second, told by the hypervisor; 0 = it does not. */
uint64_t kvm_kvmclock_hz(void);
/*
 * Nanoseconds since 1970 at TSC value *tsc; 0 = unknown. The first asks the
 * hypervisor, the second the battery-backed clock (resolution one second).
 */
uint64_t kvm_kvmclock_wall(uint64_t *tsc);
uint64_t kvm_rtc_wall(uint64_t *tsc);

/* clock.c: t ticks of the TSC in nanoseconds; the reverse, rounded up and at
 * most half a year's worth. Measure the rate first where it is unknown
 * (a few milliseconds, once). */
uint64_t kvm_tsc_to_ns(uint64_t t);
uint64_t kvm_ns_to_tsc(uint64_t ns);
