/* SPDX-License-Identifier: BSD-3-Clause */
/* From long mode on the boot tables to core. */
#include "machine.h"

#include <uk/arch/context.h>
#include <uk/arch/percpu.h>
#include <uk/arch/tls.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/vm.h>

#define TRAP_STACK (2 * UK_PAGE_SIZE)

static struct ukarch_percpu boot_cpu;
struct uk_bootinfo pvh_info;

static uintptr_t fs_base_get(void)
{
	return ukarch_rdmsr(UKARCH_MSR_FS_BASE);
}

static UK_UNUSED UK_NOINLINE void s_cet_set(uint64_t v)
{
	ukarch_wrmsr(UKARCH_MSR_S_CET, v);
}

static UK_NOINLINE void fs_base_set(uintptr_t v)
{
	ukarch_wrmsr(UKARCH_MSR_FS_BASE, v);
}

/* Calls and jumps through pointers go to ENDBR64 only, those of a switch
 * apart, where this CPU can do that. */
static uint64_t landings_only(uint32_t seven_edx)
{
#ifdef CONFIG_HARDEN_IBT
	if (seven_edx & UKARCH_CPUID7_EDX_IBT) {
		s_cet_set(UKARCH_S_CET_ENDBR | UKARCH_S_CET_NOTRACK);
		return UKARCH_CR4_CET;
	}
#endif
	return 0;
}

/*
 * Which bits of the CPU's control registers are on: the one place. A bit of
 * CR4 that the CPU does not name must stay 0.
 */
static UK_NOINLINE void set_control_bits(void)
{
	uint64_t cr0 = UKARCH_CR0_PE | UKARCH_CR0_MP | UKARCH_CR0_NE |
		       UKARCH_CR0_PG;
	uint64_t cr4 = UKARCH_CR4_PAE | UKARCH_CR4_OSFXSR |
		       UKARCH_CR4_OSXMMEXCPT;
	struct ukarch_cpuid one, seven;
	uint32_t seven_edx;

	ukarch_cpuid_checked(1, 0, &one);
	ukarch_cpuid_checked(7, 0, &seven);
	seven_edx = seven.edx;
	if (one.edx & UKARCH_CPUID1_EDX_MCE)
		cr4 |= UKARCH_CR4_MCE;
	if (one.ecx & UKARCH_CPUID1_ECX_XSAVE)
		cr4 |= UKARCH_CR4_OSXSAVE;
	if (seven.ebx & UKARCH_CPUID7_EBX_FSGSBASE)
		cr4 |= UKARCH_CR4_FSGSBASE;
#ifdef CONFIG_HARDEN_CPU
	if (seven.ebx & UKARCH_CPUID7_EBX_SMEP)
		cr4 |= UKARCH_CR4_SMEP;
	if (seven.ebx & UKARCH_CPUID7_EBX_SMAP)
		cr4 |= UKARCH_CR4_SMAP;
	if (seven.ecx & UKARCH_CPUID7_ECX_UMIP)
		cr4 |= UKARCH_CR4_UMIP;
#endif
#ifdef CONFIG_HARDEN_WX
	cr0 |= UKARCH_CR0_WP;
	ukarch_cpuid_checked(0x80000001, 0, &seven);
	if (!(seven.edx & UKARCH_CPUIDX1_EDX_NX))
		ukplat_boot_refuse("this CPU cannot forbid execution (NX), "
				   "which the image's profile promises: use "
				   "another CPU model", seven.edx);
	ukarch_wrmsr(UKARCH_MSR_EFER,
		     ukarch_rdmsr(UKARCH_MSR_EFER) | UKARCH_EFER_NXE);
#endif
	ukarch_cr0_set(cr0);
	ukarch_cr4_set(cr4 | landings_only(seven_edx));
}

/* AVX-512 stays off: 1.8 KiB more on the stack at every interrupt. */
static UK_NOINLINE void start_fpu(void)
{
	uint64_t cr4 = ukarch_cr4_get();
	struct ukarch_cpuid r;

	if (cr4 & UKARCH_CR4_OSXSAVE) {
		ukarch_cpuid(0xd, 0, &r);
		ukarch_xcr0_set(UKARCH_XCR0_X87 | UKARCH_XCR0_SSE |
				(r.eax & UKARCH_XCR0_AVX));
	}
	ukarch_fpu_init();
	ukarch_tls_set_fallback(fs_base_get, fs_base_set);
	ukarch_tls_use_fsgsbase(cr4 & UKARCH_CR4_FSGSBASE);
}

void pvh_start(uint64_t start_info_pa)
{
	pvh_console_init();
	ukarch_trap_set_handler(uk_trap_dispatch);
	ukarch_system_init();
	set_control_bits();
	plat_watch_start();
	start_fpu();
	ukarch_percpu_init(&boot_cpu, 0);
	pvh_bootinfo_decode(start_info_pa, &pvh_info);
	pvh_ready(&pvh_info);
	uk_boot_entry(&pvh_info);
}

int pvh_trap_stacks(void)
{
	void *fault, *fatal;

	if (!uk_stack_alloc("stack:fault", TRAP_STACK, &fault) ||
	    !uk_stack_alloc("stack:fatal", TRAP_STACK, &fatal))
		return -ENOMEM;
	ukarch_trap_stacks(fault, fatal);
	return 0;
}
