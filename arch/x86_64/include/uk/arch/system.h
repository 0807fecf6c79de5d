/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The privileged side of the CPU: control registers, MSRs, segment and
 * interrupt tables. For platforms that own the CPU (ring 0), and for
 * self-tests that look at its protection bits; faults anywhere else.
 */
#pragma once

#ifdef __ASSEMBLER__
#define UKARCH_BIT(n)		(1 << (n))
#else
#define UKARCH_BIT(n)		(1ul << (n))
#include <uk/arch/cpuid.h>
#include <uk/arch/trap.h>
#endif

/* Selectors of the GDT in system.c. */
#define UKARCH_SEL_CODE		0x08
#define UKARCH_SEL_DATA		0x10
#define UKARCH_SEL_TSS		0x18

#define UKARCH_CR0_PE		UKARCH_BIT(0)
#define UKARCH_CR0_MP		UKARCH_BIT(1)
#define UKARCH_CR0_EM		UKARCH_BIT(2)
#define UKARCH_CR0_TS		UKARCH_BIT(3)
#define UKARCH_CR0_NE		UKARCH_BIT(5)
#define UKARCH_CR0_WP		UKARCH_BIT(16)
#define UKARCH_CR0_AM		UKARCH_BIT(18)
#define UKARCH_CR0_NW		UKARCH_BIT(29)
#define UKARCH_CR0_CD		UKARCH_BIT(30)
#define UKARCH_CR0_PG		UKARCH_BIT(31)

#define UKARCH_CR4_PAE		UKARCH_BIT(5)
#define UKARCH_CR4_MCE		UKARCH_BIT(6)
#define UKARCH_CR4_PGE		UKARCH_BIT(7)
#define UKARCH_CR4_OSFXSR	UKARCH_BIT(9)
#define UKARCH_CR4_OSXMMEXCPT	UKARCH_BIT(10)
#define UKARCH_CR4_UMIP		UKARCH_BIT(11)
#define UKARCH_CR4_FSGSBASE	UKARCH_BIT(16)
#define UKARCH_CR4_OSXSAVE	UKARCH_BIT(18)
#define UKARCH_CR4_SMEP		UKARCH_BIT(20)
#define UKARCH_CR4_SMAP		UKARCH_BIT(21)

#define UKARCH_CR4_CET		UKARCH_BIT(23)

#define UKARCH_MSR_S_CET	0x6a2u
#define UKARCH_S_CET_ENDBR	UKARCH_BIT(2)
#define UKARCH_S_CET_NOTRACK	UKARCH_BIT(4)
#define UKARCH_MSR_EFER		0xc0000080u
#define UKARCH_EFER_LME		UKARCH_BIT(8)
#define UKARCH_EFER_LMA		UKARCH_BIT(10)
#define UKARCH_EFER_NXE		UKARCH_BIT(11)
#define UKARCH_MSR_FS_BASE	0xc0000100u
#define UKARCH_MSR_GS_BASE	0xc0000101u

#define UKARCH_XCR0_X87		UKARCH_BIT(0)
#define UKARCH_XCR0_SSE		UKARCH_BIT(1)
#define UKARCH_XCR0_AVX		UKARCH_BIT(2)

#define UKARCH_VECTORS		64 /* 0-31 exceptions, then interrupts */
#define UKARCH_VECTOR_IRQ0	32

#ifndef __ASSEMBLER__

#define UKARCH_CR(n)							\
	static inline uint64_t ukarch_cr##n##_get(void)			\
	{								\
		uint64_t v;						\
									\
		__asm__ __volatile__("mov %%cr" #n ", %0" : "=r"(v));	\
		return v;						\
	}								\
	static inline void ukarch_cr##n##_set(uint64_t v)		\
	{								\
		__asm__ __volatile__("mov %0, %%cr" #n			\
				     : : "r"(v) : "memory");		\
	}

/* ukarch_cr0_get(), ukarch_cr0_set(v) and so on. CR2: last faulting address;
 * CR3: top page table, a write empties the TLB. Setting a bit of CR4 that the
 * CPU lacks faults (or hangs some emulators): ask CPUID before. */
UKARCH_CR(0)
UKARCH_CR(2)
UKARCH_CR(3)
UKARCH_CR(4)
#undef UKARCH_CR

static inline uint64_t ukarch_rdmsr(uint32_t msr)
{
	uint32_t lo, hi;

	__asm__ __volatile__("rdmsr" : "=a"(lo), "=d"(hi) : "c"(msr));
	return ((uint64_t)hi << 32) | lo;
}

static inline void ukarch_wrmsr(uint32_t msr, uint64_t v)
{
	__asm__ __volatile__("wrmsr" : : "a"((uint32_t)v),
			     "d"((uint32_t)(v >> 32)), "c"(msr) : "memory");
}

/* XCR0: which register sets XSAVE handles. Needs CR4.OSXSAVE. */
static inline void ukarch_xcr0_set(uint64_t v)
{
	__asm__ __volatile__("xsetbv" : : "a"((uint32_t)v),
			     "d"((uint32_t)(v >> 32)), "c"(0) : "memory");
}

/* Stores to tables that are in use: this CPU sees its own in order. */
static inline void ukarch_tables_written(void)
{
}

static inline void ukarch_tlb_page(uintptr_t va)
{
	__asm__ __volatile__("invlpg (%0)" : : "r"(va) : "memory");
}

/* All that is not global, which nothing here is. */
static inline void ukarch_tlb_all(void)
{
	ukarch_cr3_set(ukarch_cr3_get());
}

static inline void ukarch_irq_on(void)
{
	__asm__ __volatile__("sti" : : : "memory");
}

static inline void ukarch_irq_off(void)
{
	__asm__ __volatile__("cli" : : : "memory");
}

/* UKARCH_RFLAGS_* of the running code. */
static inline unsigned long ukarch_flags(void)
{
	unsigned long v;

	__asm__ __volatile__("pushfq; popq %0" : "=r"(v) : : "memory");
	return v;
}

/* Sleep with interrupts on until one came; off again on return. */
static inline void ukarch_irq_wait(void)
{
	__asm__ __volatile__("sti; hlt; cli" : : : "memory");
}

/*
 * Load GDT, TSS and IDT. Once, on the boot CPU, on the GDT of this file,
 * before anything may trap. All three lie in pages that become read-only
 * after init. Traps run on the interrupted stack until
 * ukarch_trap_stacks() is called.
 */
void ukarch_system_init(void);

/*
 * Give traps stacks of their own (tops, 16-byte aligned; never freed):
 *  fault  page faults: so that running over a stack's guard page is told as
 *         what it is. A second page fault while the handler is still on this
 *         stack overwrites the first one's frame: the handler of the first
 *         cannot resume then, only end.
 *  fatal  double fault, NMI and machine check: wherever they hit.
 * Everything else, interrupts above all, stays on the running stack.
 */
void ukarch_trap_stacks(void *fault, void *fatal);

/*
 * Who handles vectors from UKARCH_VECTOR_IRQ0 on: fn(vector) with interrupts
 * off, on the interrupted stack, with the FPU state of the interrupted code
 * saved there. The interrupt controller's acknowledgement is fn's business.
 * Set once, before interrupts are on.
 */
void ukarch_irq_set_handler(void (*fn)(unsigned int vector));

#endif
