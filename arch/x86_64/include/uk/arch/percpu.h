/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What each CPU has of its own, found by GS base. Only where the platform
 * called ukarch_percpu_init (kvm does; a Linux process has none).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ukarch_percpu {
	struct ukarch_percpu *self;	/* what %gs:0 reads */
	unsigned int cpu;		/* 0 = boot CPU */
	unsigned int irq_depth;		/* interrupt handlers running */
};

/* Make *p the running CPU's. Ring 0; p stays in use for good. */
void ukarch_percpu_init(struct ukarch_percpu *p, unsigned int cpu);

static inline struct ukarch_percpu *ukarch_percpu(void)
{
	struct ukarch_percpu *p;

	__asm__ __volatile__("movq %%gs:0, %0" : "=r"(p));
	return p;
}

/* Does the caller run in an interrupt handler? */
static inline bool ukarch_in_irq(void)
{
	unsigned int depth;

	__asm__ __volatile__("movl %%gs:%c1, %0" : "=r"(depth)
			     : "i"(offsetof(struct ukarch_percpu, irq_depth)));
	return depth != 0;
}
