/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What each CPU has of its own, found by TPIDR_EL1. Only where the platform
 * called ukarch_percpu_init.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ukarch_percpu {
	/* vector.S: where a trap within a trap goes, and room for a register
	 * meanwhile. */
	uintptr_t fatal_stack, scratch;
	/* Where their return addresses go (mitigation shadow-stack): whatever
	 * x18 holds when one comes. */
	uintptr_t fault_shadow, fatal_shadow;
	unsigned int cpu;		/* 0 = boot CPU */
	unsigned int irq_depth;		/* interrupt handlers running */
};

/* Make *p the running CPU's. Exception level 1; p stays in use for good. */
void ukarch_percpu_init(struct ukarch_percpu *p, unsigned int cpu);

static inline struct ukarch_percpu *ukarch_percpu(void)
{
	struct ukarch_percpu *p;

	__asm__ __volatile__("mrs %0, tpidr_el1" : "=r"(p));
	return p;
}

/* Does the caller run in an interrupt handler? */
static inline bool ukarch_in_irq(void)
{
	return ukarch_percpu()->irq_depth != 0;
}
