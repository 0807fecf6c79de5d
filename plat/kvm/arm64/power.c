/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stopping the machine. The ways in order: a debugger or emulator that takes
 * the exit status (semihosting; QEMU: -semihosting-config), firmware that
 * switches off (PSCI, Arm DEN 0022). Where nobody listens the instruction
 * traps, and the next way is tried. Needs no memory.
 */
#include "virt.h"
#include "../device.h"

#include <uk/print.h>

#define SYS_EXIT_EXTENDED 0x20ul
#define APPLICATION_EXIT 0x20026ul	/* ADP_Stopped_ApplicationExit */
#define PSCI_SYSTEM_OFF 0x84000008ul
#define INSTRUCTION 4

/* The three instructions, each at the beginning of a function. */
void kvm_ask_host(uint64_t what, const uint64_t *args);
void kvm_call_hvc(uint64_t what);
void kvm_call_smc(uint64_t what);

bool kvm_power_trap(struct ukarch_trap *t)
{
	uintptr_t pc = ukarch_regs_pc(t->regs);

	if (pc != (uintptr_t)kvm_ask_host && pc != (uintptr_t)kvm_call_hvc &&
	    pc != (uintptr_t)kvm_call_smc)
		return false;
	t->regs->pc += INSTRUCTION;
	return true;
}

/* As isa-debug-exit does: so a status is never that of a QEMU that failed, or
 * of a machine that was switched off. */
static void tell_host(int status)
{
	const uint64_t code = 2ul * (unsigned int)status + 1;
	const uint64_t args[] = { APPLICATION_EXIT, code };

	kvm_ask_host(SYS_EXIT_EXTENDED, args);
}

static void firmware_off(int status)
{
	uk_print_raw("kvm: exit status %d\n", status);
	kvm_console_flush();
	if (kvm_fdt.psci == FDT_CALL_HVC)
		kvm_call_hvc(PSCI_SYSTEM_OFF);
	else if (kvm_fdt.psci == FDT_CALL_SMC)
		kvm_call_smc(PSCI_SYSTEM_OFF);
}

void kvm_power_off(int status)
{
	static void (*const ways[])(int status) = { tell_host, firmware_off };
	static unsigned int next;	/* a way that faults is not retried */

	while (next < UK_ARRAY_SIZE(ways))
		ways[next++](status);
	for (;;)
		__asm__ __volatile__("msr daifset, #15\n\twfi");
}
