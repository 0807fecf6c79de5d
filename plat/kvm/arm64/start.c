/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the boot tables to core, and the devices once core has memory.
 */
#include "virt.h"

#include <uk/arch/percpu.h>
#include <uk/chacha.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/print.h>
#include <uk/shadow.h>
#include <uk/vm.h>

#define TRAP_STACK (2 * UK_PAGE_SIZE)

extern char kvm_trap_stack_end[], kvm_boot_shadow_traps[];

uint64_t kvm_image_pa UK_RO_AFTER_INIT_ZERO;
struct uk_bootinfo kvm_info;
static struct ukarch_percpu boot_cpu;

static void trap(struct ukarch_trap *t)
{
	if (!kvm_power_trap(t))
		uk_trap_dispatch(t);
}

/* Of privileged code no access to what is the user's; there is no user, unless
 * somebody forged a page of one. A trap turns it on again. */
static void start_pan(void)
{
#ifdef CONFIG_HARDEN_CPU
	if (!(ukarch_mmfr1() & UKARCH_MMFR1_PAN))
		return;
	ukarch_sctlr_set(ukarch_sctlr_get() & ~UKARCH_SCTLR_SPAN);
	ukarch_pan_on();
#endif
}

/* In kvm_start itself, which does not return: what has signed before could not
 * be checked any more. */
static inline __attribute__((always_inline)) void start_pac(void)
{
#ifdef CONFIG_HARDEN_PAC_USED
	uint64_t key[2];

	if (!(ukarch_isar1() & UKARCH_ISAR1_PAC))
		ukplat_boot_refuse("this CPU cannot sign addresses, which the "
				   "image's profile promises: use another CPU "
				   "model (QEMU: -cpu max)", ukarch_isar1());
	if (ukplat_entropy(key, sizeof(key)) != sizeof(key)) {
		uk_print_raw("pac: no entropy for the key: use a CPU model "
			     "that has RNDR (QEMU: -cpu max), or a loader "
			     "that puts rng-seed into the device tree.\n");
		ukplat_exit(UK_EXIT_ENTROPY);
	}
	ukarch_pac_key(key[0], key[1]);
	uk_wipe(key, sizeof(key));
	ukarch_sctlr_set(ukarch_sctlr_get() | UKARCH_SCTLR_ENIA);
#endif
}

/* Text is guarded from the final page tables on. */
static void check_bti(void)
{
#ifdef CONFIG_HARDEN_BTI
	if (!(ukarch_pfr1() & UKARCH_PFR1_BTI))
		ukplat_boot_refuse("this CPU does not look at branch targets, "
				   "which the image's profile promises: use "
				   "another CPU model (QEMU: -cpu max)",
				   ukarch_pfr1());
	ukarch_sctlr_set(ukarch_sctlr_get() | UKARCH_SCTLR_BT1);
#endif
}

void kvm_start(uint64_t tree_pa, uint64_t image_pa)
{
	kvm_image_pa = image_pa;
	kvm_console_set(kvm_slot(KVM_SLOT_UART, KVM_FIRST_UART, true));
	ukarch_trap_set_handler(trap);
	ukarch_percpu_init(&boot_cpu, 0);
	ukarch_trap_stacks(kvm_trap_stack_end, kvm_trap_stack_end);
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	ukarch_trap_shadows(kvm_boot_shadow_traps, kvm_boot_shadow_traps);
#endif
	ukarch_system_init();
	start_pan();
	kvm_bootinfo_decode(tree_pa, &kvm_info);
	check_bti();
	start_pac();
	uk_boot_entry(&kvm_info);
}

static int start_trap_stacks(void)
{
	void *fault, *fatal;
	void *a = uk_stack_alloc("stack:fault", TRAP_STACK, &fault);
	void *b = uk_stack_alloc("stack:fatal", TRAP_STACK, &fatal);

	if (!a || !b)
		return -ENOMEM;
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	ukarch_trap_shadows(uk_shadow_of(a), uk_shadow_of(b));
#endif
	ukarch_trap_stacks(fault, fatal);
	return 0;
}

int ukplat_init(const struct uk_bootinfo *bi UK_UNUSED)
{
	int rc = start_trap_stacks();

	if (!rc)
		rc = kvm_clock_init();
	if (!rc)
		rc = kvm_irq_init();
	if (!rc)
		ukplat_irq_enable();
	return rc;
}
