/* SPDX-License-Identifier: BSD-3-Clause */
/* The rate of the TSC is measured right on a busy host, and only a counter
 * that stands still is called one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "busy.h"
#include "../../../plat/kvm/clock.c"

#define PIT_HZ 1193182

static uint64_t started;
static bool dead;
static jmp_buf crashed;

static void pit_start(void)
{
	look(5000);
	started = machine_ns;
}

/* Over after 55 ms. */
static bool pit_read(uint32_t *count)
{
	uint64_t c;

	look(2000);
	c = dead ? 0 : (machine_ns - started) * PIT_HZ / NS_PER_S;
	look(2000);
	*count = (uint32_t)c & 0xffff;
	return c <= 0xffff;
}

const struct clock_ref *kvm_pit_ref(void)
{
	static const struct clock_ref pit = {
		.name = "PIT", .hz = PIT_HZ, .mask = 0xffff,
		.start = pit_start, .read = pit_read,
	};

	return &pit;
}

const struct clock_ref *kvm_pmtimer_ref(void)
{
	return NULL;
}

const struct clock_ref *kvm_apic_ref(void)
{
	return NULL;
}

uint64_t kvm_kvmclock_hz(void)
{
	return 0;
}

uint64_t kvm_kvmclock_wall(uint64_t *tsc)
{
	(void)tsc;
	return 0;
}

uint64_t kvm_rtc_wall(uint64_t *tsc)
{
	(void)tsc;
	return 0;
}

void machine_cpuid(uint32_t leaf, uint32_t sub, struct ukarch_cpuid *r)
{
	(void)leaf;
	(void)sub;
	*r = (struct ukarch_cpuid){ 0 };
}

unsigned long ukplat_irq_save(void)
{
	return 0;
}

void ukplat_irq_restore(unsigned long flags)
{
	(void)flags;
}

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	(void)what;
	(void)fmt;
	longjmp(crashed, 1);
}

void ukplat_boot_refuse(const char *why, uint64_t value)
{
	(void)why;
	(void)value;
	longjmp(crashed, 2);
}

/* What a second is, in a thousandth; 0: it crashed. */
static unsigned int measured(void)
{
	ns_per_tick = 0;
	if (setjmp(crashed))
		return 0;
	assert_int_equal(kvm_clock_init(NULL), 0);
	return (unsigned int)(kvm_tsc_to_ns(NS_PER_S * TSC_PER_NS) / 1000000);
}

static void test_quiet(void **unused)
{
	(void)unused;
	held_up_one_in = 0;
	assert_in_range(measured(), 999, 1001);
}

/* Fewer than one measurement in ten is left in peace. */
static void test_busy(void **unused)
{
	(void)unused;
	held_up_one_in = 400;
	for (unsigned int seed = 1; seed < 300; seed++) {
		srandom(seed);
		assert_in_range(measured(), 980, 1020);
	}
}

static void test_dead(void **unused)
{
	(void)unused;
	held_up_one_in = 0;
	dead = true;
	machine_looks = 0;
	assert_int_equal(measured(), 0);
	assert_true(machine_looks < 10 * READS_MAX);
	dead = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_busy),
		cmocka_unit_test(test_dead),
	};

	return cmocka_run_group_tests_name("kvmplat-clock", tests, NULL, NULL);
}
