/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GDT, TSS and IDT, and the C side of trap entry. The tables are written
 * once; the GDT's accessed bits are set from the start and the TSS is made
 * busy before the pages turn read-only, so the CPU never writes them later.
 */
#include <stddef.h>
#include <uk/arch/decode.h>
#include <uk/arch/percpu.h>
#include <uk/arch/system.h>
#include "vector.h"

#define RO_AFTER_INIT __attribute__((section(".roinit")))
#define RO_AFTER_INIT_ZERO __attribute__((section(".bss.roinit")))

#define GATE_INTERRUPT	0x8e00ul /* present, DPL 0, interrupts off */
#define TSS_AVAILABLE	0x8900ul /* present, DPL 0 */
#define IST_FAULT	1
#define IST_FATAL	2
#define VECTOR_NMI	2
#define VECTOR_DF	8
#define VECTOR_PF	14
#define VECTOR_MC	18

struct gate {
	uint64_t lo, hi;
};

struct tss {
	uint32_t reserved0;
	uint64_t rsp[3], reserved1, ist[7], reserved2;
	uint16_t reserved3, io_map;
} __attribute__((packed));

/* At even addresses: a compiler may keep one ready-made, and relocations
 * (RELR) do not reach others. */
struct table {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed, aligned(2)));

/* Null, 64-bit code, data, TSS (two words). entry.S of a platform loads it. */
uint64_t ukarch_gdt[5] RO_AFTER_INIT = {
	0, 0x00af9b000000ffff, 0x00cf93000000ffff, 0, 0
};
static struct gate idt[UKARCH_VECTORS] RO_AFTER_INIT_ZERO;
static struct tss tss RO_AFTER_INIT = { .io_map = sizeof(struct tss) };
static void (*irq_handler)(unsigned int vector) RO_AFTER_INIT_ZERO;

static void set_ist(unsigned int vector, unsigned int ist)
{
	idt[vector].lo = (idt[vector].lo & ~(7ul << 32)) | (uint64_t)ist << 32;
}

static void set_gates(void)
{
	const uint64_t kind = UKARCH_SEL_CODE << 16 | GATE_INTERRUPT << 32;
	uint64_t at = (uintptr_t)ukarch_vectors;
	struct gate *g;

	for (g = idt; g < idt + UKARCH_VECTORS; g++, at += VECTOR_STRIDE) {
		g->lo = (at & 0xffff) | (at & 0xffff0000) << 32 | kind;
		g->hi = at >> 32;
	}
}

static void set_tss(void)
{
	uint64_t at = (uintptr_t)&tss;

	ukarch_gdt[3] = (sizeof(tss) - 1) | (at & 0xffffff) << 16 |
			TSS_AVAILABLE << 32 | (at & 0xff000000) << 32;
	ukarch_gdt[4] = at >> 32;
	__asm__ __volatile__("ltr %w0" : : "r"(UKARCH_SEL_TSS) : "memory");
}

void ukarch_system_init(void)
{
	struct table gdtr = { sizeof(ukarch_gdt) - 1, (uintptr_t)ukarch_gdt };
	struct table idtr = { sizeof(idt) - 1, (uintptr_t)idt };

	set_gates();
	__asm__ __volatile__("lgdt %0" : : "m"(gdtr) : "memory");
	set_tss();
	__asm__ __volatile__("lidt %0" : : "m"(idtr) : "memory");
}

void ukarch_trap_stacks(void *fault, void *fatal)
{
	tss.ist[IST_FAULT - 1] = (uintptr_t)fault;
	tss.ist[IST_FATAL - 1] = (uintptr_t)fatal;
	__asm__ __volatile__("" : : : "memory");
	set_ist(VECTOR_PF, IST_FAULT);
	set_ist(VECTOR_DF, IST_FATAL);
	set_ist(VECTOR_NMI, IST_FATAL);
	set_ist(VECTOR_MC, IST_FATAL);
}

void ukarch_irq_set_handler(void (*fn)(unsigned int vector))
{
	irq_handler = fn;
}

/* The stubs leave their return address where the vector belongs. */
static void set_vector(struct ukarch_regs *r)
{
	r->vector = (r->vector - (uintptr_t)ukarch_vectors) / VECTOR_STRIDE;
}

void ukarch_trap_enter(struct ukarch_regs *r)
{
	set_vector(r);
	ukarch_trap_deliver(r, ukarch_cr2_get());
}

void ukarch_irq_enter(struct ukarch_regs *r)
{
	struct ukarch_percpu *cpu = ukarch_percpu();

	set_vector(r);
	if (!irq_handler) {
		ukarch_trap_deliver(r, 0);
		return;
	}
	cpu->irq_depth++;
	irq_handler((unsigned int)r->vector);
	cpu->irq_depth--;
}

__attribute__((noinline))
void ukarch_percpu_init(struct ukarch_percpu *p, unsigned int cpu)
{
	*p = (struct ukarch_percpu){ .self = p, .cpu = cpu };
	ukarch_wrmsr(UKARCH_MSR_GS_BASE, (uintptr_t)p);
}
