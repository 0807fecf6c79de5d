/* SPDX-License-Identifier: BSD-3-Clause */
/* The APIC timer's rate is learnt right, wherever the host holds us up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "busy.h"
#include "../../../plat/kvm/apic.c"

#define NS_PER_COUNT 16

static uint64_t started;
static uint32_t start_count;

uint64_t machine_rdmsr(uint32_t msr)
{
	look(100);
	if (msr != MSR_X2APIC + REG_COUNT / 16)
		return 0;
	return start_count - (uint32_t)((machine_ns - started) / NS_PER_COUNT);
}

void machine_wrmsr(uint32_t msr, uint64_t v)
{
	look(100);
	if (msr == MSR_X2APIC + REG_COUNT_START / 16) {
		start_count = (uint32_t)v;
		started = machine_ns;
	}
}

void machine_cpuid(uint32_t leaf, uint32_t sub, struct ukarch_cpuid *r)
{
	(void)sub;
	*r = (struct ukarch_cpuid){ 0 };
	if (leaf == 1) {
		r->ecx = CPUID_1_ECX_X2APIC;
		r->edx = CPUID_1_EDX_APIC;
	}
}

uint64_t kvm_tsc_to_ns(uint64_t t)
{
	return t / TSC_PER_NS;
}

uint64_t kvm_ns_to_tsc(uint64_t ns)
{
	return ns * TSC_PER_NS;
}

int uk_vm_map_device(const char *name, uint64_t pa, size_t len,
		     unsigned int rights, void **va)
{
	(void)name;
	(void)pa;
	(void)len;
	(void)rights;
	(void)va;
	return -ENOTSUP;
}

/* What 20 ms are, in a thousandth of what they should be. */
static unsigned int learnt(void)
{
	state = UNTRIED;
	counts_per_ns = 0;
	machine_looks = 0;
	assert_true(kvm_apic_timer(20000000));
	return (unsigned int)((uint64_t)start_count * NS_PER_COUNT / 20000);
}

static void test_quiet(void **unused)
{
	(void)unused;
	held_up_at = held_up_one_in = 0;
	assert_in_range(learnt(), 995, 1005);
}

/* Once, at each moment in turn. */
static void test_once(void **unused)
{
	unsigned long n;

	(void)unused;
	held_up_one_in = 0;
	held_up_at = 0;
	learnt();
	n = machine_looks;
	for (held_up_at = 1; held_up_at <= n; held_up_at++)
		assert_in_range(learnt(), 950, 1050);
}

static void test_often(void **unused)
{
	(void)unused;
	held_up_at = 0;
	held_up_one_in = 50;
	for (unsigned int seed = 1; seed < 500; seed++) {
		srandom(seed);
		assert_in_range(learnt(), 950, 1050);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_often),
	};

	return cmocka_run_group_tests_name("kvmplat-apic", tests, NULL, NULL);
}
