/* SPDX-License-Identifier: BSD-3-Clause */
/* What the device files of this platform know of each other. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/arch/system.h>
#include <uk/plat.h>

#include "acpi.h"

/* boot.c: what ACPI told; all zero before pvh_found(), and where nobody needs
 * it. */
extern struct acpi_facts kvm_acpi;

/* Interrupt vectors: registered lines from UKARCH_VECTOR_IRQ0 up, and the two
 * last ones that the CPU room has an entry for. */
#define KVM_VECTOR_TIMER (UKARCH_VECTORS - 2)
#define KVM_VECTOR_SPURIOUS (UKARCH_VECTORS - 1)

/*
 * irq.c: the next free vector for fn(arg), on behalf of `line`, KVM_LINE_NONE
 * for messages. 0, or a negative errno as of ukplat_irq_register(). Drop takes
 * the last one back.
 */
#define KVM_LINE_NONE UINT32_MAX
int kvm_vector_take(unsigned int line, ukplat_irq_fn fn, void *arg,
		    unsigned int *vector);
void kvm_vector_drop(void);

/* apic.c: the CPU's own controller. Idempotent; 0 or negative errno. */
int kvm_apic_init(void);
uint32_t kvm_apic_id(void);
void kvm_apic_eoi(void);
/* Interrupt (KVM_VECTOR_TIMER) once, about ns from now. false: no timer. */
bool kvm_apic_timer(uint64_t ns);

/*
 * ioapic.c: send `line` (0 to 15: ISA lines, whatever pin they arrive at;
 * from 16 on: global interrupt numbers) to a vector. -EINVAL: no such line.
 */
int kvm_ioapic_route(unsigned int line, unsigned int vector);

/* console.c: wait, bounded, until all is sent. */
void kvm_console_flush(void);

/* power.c: reach the registers that switch the machine off, while memory can
 * still be mapped. */
int kvm_power_init(void);
/* Is there QEMU's device that ends it with a status? */
bool kvm_debug_exit_here(void);
/* Try one way after the other to stop the machine; the last resort is to halt
 * the CPU. Callable again from a fault within itself: goes on with the next. */
UK_NORETURN void kvm_power_off(int status);
