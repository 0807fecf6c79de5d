/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The local interrupt controller and its timer. x2APIC (registers are MSRs)
 * where the CPU has it, else registers in memory. Not touched before the first
 * interrupt line or deadline asks for it.
 */
#include "clock.h"
#include "device.h"
#include "kvm.h"

#include <uk/arch/cpu.h>
#include <uk/errno.h>
#include <uk/vm.h>

#define CPUID_1_ECX_X2APIC (1u << 21)
#define CPUID_1_ECX_DEADLINE (1u << 24)
#define CPUID_1_EDX_APIC (1u << 9)

#define MSR_APIC_BASE 0x1b
#define BASE_X2APIC (1u << 10)
#define BASE_ENABLE (1u << 11)
#define BASE_ADDRESS 0xffffff000ull
#define MSR_X2APIC 0x800
#define MSR_DEADLINE 0x6e0

/* Offsets of the registers in memory; the MSR is offset / 16. */
#define REG_ID 0x020
#define REG_TPR 0x080
#define REG_EOI 0x0b0
#define REG_SPURIOUS 0x0f0
#define REG_LVT_TIMER 0x320
#define REG_LVT_LINT0 0x350
#define REG_COUNT_START 0x380
#define REG_COUNT 0x390
#define REG_DIVIDE 0x3e0

#define SPURIOUS_ENABLE (1u << 8)
#define LVT_MASKED (1u << 16)
#define LVT_DEADLINE (2u << 17)
#define DIVIDE_BY_16 0x3
#define DIVIDE_BY_1 0xb

/* How long the timer is watched to learn its rate, and what part of that a
 * reading may take: held up for longer, it says nothing. */
#define WATCH_NS 500000
#define TIGHT 32
#define START_TRIES 50

static volatile uint32_t *mmio;		/* NULL: registers are MSRs */
static enum { UNTRIED, READY, BROKEN } state;
static bool deadline;			/* timer compares with the TSC */
static uint64_t counts_per_ns;		/* 32.32; 0 = not known yet */

static uint32_t get(unsigned int reg)
{
	return mmio ? mmio[reg / 4]
		    : (uint32_t)ukarch_rdmsr(MSR_X2APIC + reg / 16);
}

/* Of its own: who may write which MSR is plain to see (mitigation bytes). */
static UK_NOINLINE void apic_wrmsr(uint32_t msr, uint64_t v)
{
	ukarch_wrmsr(msr, v);
}

static void set(unsigned int reg, uint32_t v)
{
	if (mmio)
		mmio[reg / 4] = v;
	else
		apic_wrmsr(MSR_X2APIC + reg / 16, v);
}

/* Reach the registers. */
static int open_registers(void)
{
	uint64_t base = ukarch_rdmsr(MSR_APIC_BASE) | BASE_ENABLE;
	struct ukarch_cpuid r;
	void *va;
	int rc;

	ukarch_cpuid(1, 0, &r);
	if (!(r.edx & CPUID_1_EDX_APIC))
		return -ENOTSUP;
	deadline = r.ecx & CPUID_1_ECX_DEADLINE;
	if (r.ecx & CPUID_1_ECX_X2APIC)
		base |= BASE_X2APIC;
	apic_wrmsr(MSR_APIC_BASE, base);
	if (base & BASE_X2APIC)
		return 0;
	rc = uk_vm_map_device("apic", base & BASE_ADDRESS, REG_DIVIDE + 4,
			      UK_MEM_R | UK_MEM_W | UK_MEM_DEVICE, &va);
	if (rc == 0)
		mmio = va;
	return rc;
}

int kvm_apic_init(void)
{
	int rc;

	if (state != UNTRIED)
		return state == READY ? 0 : -ENOTSUP;
	state = BROKEN;
	rc = open_registers();
	if (rc)
		return rc;
	set(REG_LVT_LINT0, LVT_MASKED);		/* the PIC's line */
	set(REG_LVT_TIMER, LVT_MASKED);
	set(REG_TPR, 0);
	set(REG_SPURIOUS, SPURIOUS_ENABLE | KVM_VECTOR_SPURIOUS);
	state = READY;
	return 0;
}

uint32_t kvm_apic_id(void)
{
	uint32_t id = get(REG_ID);

	return mmio ? id >> 24 : id;
}

void kvm_apic_eoi(void)
{
	set(REG_EOI, 0);
}

/* Let the timer count down from the top, silently. */
static void free_run(uint32_t divide)
{
	set(REG_LVT_TIMER, LVT_MASKED);
	set(REG_DIVIDE, divide);
	set(REG_COUNT_START, UINT32_MAX);
}

/* Its rate, against the TSC; interrupts are off. */
static bool timer_calibrate(void)
{
	uint64_t before, start, now, after, watch = kvm_ns_to_tsc(WATCH_NS);
	uint32_t counts, tries = 0;

	free_run(DIVIDE_BY_16);
	do {
		before = ukarch_cycles();
		set(REG_COUNT_START, UINT32_MAX);
		start = ukarch_cycles();
	} while (start - before > watch / TIGHT && ++tries < START_TRIES);
	do {
		ukarch_relax();
		now = ukarch_cycles();
		if (now - start < watch)
			continue;
		counts = UINT32_MAX - get(REG_COUNT);
		after = ukarch_cycles();
	} while (now - start < watch || after - now > (now - start) / TIGHT);
	counts_per_ns = ((uint64_t)counts << 32) / kvm_tsc_to_ns(now - start);
	set(REG_COUNT_START, 0);
	if (counts_per_ns == 0) {
		state = BROKEN;
		return false;
	}
	return true;
}

bool kvm_apic_timer(uint64_t ns)
{
	unsigned __int128 counts;

	if (kvm_apic_init() != 0)
		return false;
	if (deadline) {
		set(REG_LVT_TIMER, LVT_DEADLINE | KVM_VECTOR_TIMER);
		/* The store to the register first, then the MSR. */
		__asm__ __volatile__("mfence" : : : "memory");
		apic_wrmsr(MSR_DEADLINE, ukarch_cycles() + kvm_ns_to_tsc(ns));
		return true;
	}
	if (counts_per_ns == 0 && !timer_calibrate())
		return false;
	counts = (unsigned __int128)ns * counts_per_ns >> 32;
	set(REG_LVT_TIMER, KVM_VECTOR_TIMER);
	set(REG_COUNT_START, counts < UINT32_MAX ? (uint32_t)counts + 1
						 : UINT32_MAX);
	return true;
}

/*
 * As a reference for the TSC where nothing else is: QEMU's software CPU counts
 * nanoseconds. (KVM does, too, but tells the rate by kvmclock.)
 */
static void ref_start(void)
{
	free_run(DIVIDE_BY_1);
}

static bool ref_read(uint32_t *count)
{
	*count = UINT32_MAX - get(REG_COUNT);
	return true;
}

static const struct clock_ref apic_ref = {
	.name = "APIC timer", .hz = 1000000000, .mask = UINT32_MAX,
	.start = ref_start, .read = ref_read,
};

const struct clock_ref *kvm_apic_ref(void)
{
	struct ukarch_cpuid r;

	ukarch_cpuid(0x40000000, 0, &r);
	/* "TCGTCGTCGTCG" */
	if (r.ebx != 0x54474354 || r.ecx != 0x43544743 || r.edx != 0x47435447)
		return NULL;
	return kvm_apic_init() == 0 ? &apic_ref : NULL;
}
