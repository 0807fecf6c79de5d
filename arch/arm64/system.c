/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of vectors, and the C side of trap entry. */
#include <uk/arch/decode.h>
#include <uk/arch/percpu.h>
#include <uk/arch/system.h>
#include <uk/config.h>
#include "vector.h"

#define RO_AFTER_INIT_ZERO __attribute__((section(".bss.roinit")))

static void (*irq_handler)(void) RO_AFTER_INIT_ZERO;

void ukarch_system_init(void)
{
	__asm__ __volatile__("msr vbar_el1, %0\n\tisb"
			     : : "r"(ukarch_vectors) : "memory");
}

/* SP_EL1 has no name while it is not the one in use. */
void ukarch_trap_stacks(void *fault, void *fatal)
{
	uint64_t daif = ukarch_daif_get();

	ukarch_percpu()->fatal_stack = (uintptr_t)fatal;
	__asm__ __volatile__("msr	daifset, #15\n\t"
			     "msr	spsel, #1\n\t"
			     "mov	sp, %0\n\t"
			     "msr	spsel, #0"
			     : : "r"(fault) : "memory");
	ukarch_daif_set(daif);
}

#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
void ukarch_trap_shadows(void *fault, void *fatal)
{
	ukarch_percpu()->fault_shadow = (uintptr_t)fault;
	ukarch_percpu()->fatal_shadow = (uintptr_t)fatal;
}
#endif

void ukarch_irq_set_handler(void (*fn)(void))
{
	irq_handler = fn;
}

void ukarch_trap_enter(struct ukarch_regs *r)
{
	ukarch_trap_deliver(r);
}

void ukarch_irq_enter(struct ukarch_regs *r)
{
	struct ukarch_percpu *cpu = ukarch_percpu();

	if (!irq_handler) {
		r->esr = 0;
		ukarch_trap_deliver(r);
		return;
	}
	cpu->irq_depth++;
	irq_handler();
	cpu->irq_depth--;
}

__attribute__((noinline))
void ukarch_percpu_init(struct ukarch_percpu *p, unsigned int cpu)
{
	*p = (struct ukarch_percpu){ .cpu = cpu };
	__asm__ __volatile__("msr tpidr_el1, %0" : : "r"(p) : "memory");
}
