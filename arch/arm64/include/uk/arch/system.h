/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The privileged side of the CPU: system registers of exception level 1, as
 * the Arm Architecture Reference Manual (DDI 0487) has them. For platforms that
 * own the CPU, and for self-tests that look at its protection bits.
 *
 * Code runs on SP_EL0; SP_EL1 is the stack of traps, so that running over a
 * stack's guard page is told as what it is.
 */
#pragma once

#ifdef __ASSEMBLER__
#define UKARCH_BIT(n)		(1 << (n))
#else
#define UKARCH_BIT(n)		(1ul << (n))
#include <stdbool.h>
#include <stdint.h>
#include <uk/arch/trap.h>
#endif

#define UKARCH_SCTLR_M		UKARCH_BIT(0) /* page tables */
#define UKARCH_SCTLR_C		UKARCH_BIT(2) /* data cache */
#define UKARCH_SCTLR_SA		UKARCH_BIT(3) /* stack pointer is aligned */
#define UKARCH_SCTLR_SA0	UKARCH_BIT(4)
#define UKARCH_SCTLR_I		UKARCH_BIT(12) /* instruction cache */
#define UKARCH_SCTLR_WXN	UKARCH_BIT(19) /* writable: not executable */
#define UKARCH_SCTLR_BT1	UKARCH_BIT(36) /* paciasp is no jump's target */
#define UKARCH_SCTLR_ENIA	UKARCH_BIT(31) /* key A signs instructions */
#define UKARCH_SCTLR_SPAN	UKARCH_BIT(23) /* traps leave PAN as it is */
/* What reads as one where the CPU has no feature behind it: LSMAOE, nTLSMD,
 * EIS, TSCXT, EOS, SED, ITD. */
#define UKARCH_SCTLR_RES1	0x30500980

/* MAIR_EL1: kinds of memory, by index. */
#define UKARCH_MAIR_NORMAL	0 /* write-back */
#define UKARCH_MAIR_DEVICE	1 /* nGnRE */
#define UKARCH_MAIR		0x04ff

/* TCR_EL1: 48 bits, 4 KiB, walks are cached, only the lower half. */
#define UKARCH_TCR_T0SZ		16
#define UKARCH_TCR_WALKS	0x3500 /* IRGN0, ORGN0: write-back, SH0 */
#define UKARCH_TCR_EPD1		UKARCH_BIT(23)
#define UKARCH_TCR_IPS_SHIFT	32
#define UKARCH_TCR_IPS_48	5

#define UKARCH_VECTOR_STRIDE	128

#ifndef __ASSEMBLER__

/* ukarch_sctlr_get(), ukarch_sctlr_set(v) and so on; a write is in force when
 * the function returns. */
#define UKARCH_SYSREG(name, reg)					\
	static inline uint64_t ukarch_##name##_get(void)		\
	{								\
		uint64_t v;						\
									\
		__asm__ __volatile__("mrs %0, " #reg : "=r"(v));	\
		return v;						\
	}								\
	static inline void ukarch_##name##_set(uint64_t v)		\
	{								\
		__asm__ __volatile__("msr " #reg ", %0\n\tisb"		\
				     : : "r"(v) : "memory");		\
	}

UKARCH_SYSREG(sctlr, sctlr_el1)
UKARCH_SYSREG(ttbr0, ttbr0_el1)
UKARCH_SYSREG(tcr, tcr_el1)
UKARCH_SYSREG(daif, daif)
UKARCH_SYSREG(cntv_ctl, cntv_ctl_el0)
UKARCH_SYSREG(cntv_cval, cntv_cval_el0)
UKARCH_SYSREG(cntkctl, cntkctl_el1)
#undef UKARCH_SYSREG

#define UKARCH_FEATURE(name, reg)					\
	static inline uint64_t ukarch_##name(void)			\
	{								\
		uint64_t v;						\
									\
		__asm__ __volatile__("mrs %0, " #reg : "=r"(v));	\
		return v;						\
	}

/* What the CPU says of itself, and the rate of its counter. */
UKARCH_FEATURE(cntfrq, cntfrq_el0)
UKARCH_FEATURE(mmfr1, id_aa64mmfr1_el1)
UKARCH_FEATURE(isar1, id_aa64isar1_el1)
UKARCH_FEATURE(pfr0, id_aa64pfr0_el1)
UKARCH_FEATURE(pfr1, id_aa64pfr1_el1)
#undef UKARCH_FEATURE

/* ID_AA64MMFR1_EL1: privileged code cannot touch what is the user's. */
#define UKARCH_MMFR1_PAN	(0xful << 20)

/* ID_AA64ISAR1_EL1: addresses can be signed, by the architecture's algorithm or
 * the maker's. ID_AA64PFR1_EL1: branch targets. */
#define UKARCH_ISAR1_PAC	(0xfful << 4)
#define UKARCH_PFR1_BTI		0xful

/* Set key A for instructions, which no function has used that returns. By the
 * numbers of its registers: old assemblers do not know their names. */
static inline __attribute__((always_inline)) void
ukarch_pac_key(uint64_t lo, uint64_t hi)
{
	__asm__ __volatile__("msr s3_0_c2_c1_0, %0\n\t"
			     "msr s3_0_c2_c1_1, %1\n\tisb"
			     : : "r"(lo), "r"(hi) : "memory");
}

/* Is the PAN bit of the running code on? Only where the CPU has it. */
static inline bool ukarch_pan_get(void)
{
	uint64_t v;

	__asm__ __volatile__("mrs %0, s3_0_c4_c2_3" : "=r"(v));
	return v >> 22 & 1;
}

static inline void ukarch_pan_on(void)
{
	__asm__ __volatile__(".inst 0xd500419f" : : : "memory"); /* PAN, #1 */
}

/* What was written to page tables counts from here on. */
static inline void ukarch_tables_written(void)
{
	__asm__ __volatile__("dsb ishst\n\tisb" : : : "memory");
}

/* Empty the TLB of the page at va, or of everything. */
static inline void ukarch_tlb_page(uintptr_t va)
{
	__asm__ __volatile__("dsb ishst\n\ttlbi vaale1is, %0\n\tdsb ish\n\tisb"
			     : : "r"(va >> 12 & 0xffffffffffful) : "memory");
}

static inline void ukarch_tlb_all(void)
{
	__asm__ __volatile__("dsb ishst\n\ttlbi vmalle1is\n\tdsb ish\n\tisb"
			     : : : "memory");
}

static inline void ukarch_irq_on(void)
{
	__asm__ __volatile__("msr daifclr, #2\n\tisb" : : : "memory");
}

static inline void ukarch_irq_off(void)
{
	__asm__ __volatile__("msr daifset, #2" : : : "memory");
}

/* Sleep with interrupts on until one came; off again on return. One that is
 * pending ends the sleep also while it is masked, so none is missed. */
static inline void ukarch_irq_wait(void)
{
	__asm__ __volatile__("dsb sy\n\twfi\n\tmsr daifclr, #2\n\tisb\n\t"
			     "msr daifset, #2" : : : "memory");
}

/*
 * Load the table of vectors. Once, on the boot CPU, before anything may trap;
 * after ukarch_percpu_init() and ukarch_trap_stacks().
 */
void ukarch_system_init(void);

/*
 * Give traps stacks of their own (tops, 16-byte aligned; never freed):
 *  fault  all traps but those within one
 *  fatal  a trap that comes while another is handled
 * Interrupts stay on the running stack.
 */
void ukarch_trap_stacks(void *fault, void *fatal);

/* Where return addresses go while they are handled: from there up. Only with
 * the mitigation shadow-stack. */
void ukarch_trap_shadows(void *fault, void *fatal);

/*
 * Who handles interrupts: fn() with interrupts off, on the interrupted stack,
 * with the FPU state of the interrupted code saved there. Which one it is, and
 * the interrupt controller's acknowledgement, are fn's business. Set once,
 * before interrupts are on.
 */
void ukarch_irq_set_handler(void (*fn)(void));

#endif
