/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entry as of Linux's boot protocol (Documentation/arch/arm64/booting): x0 =
 * physical address of the device tree, page tables and interrupts off, at
 * exception level 1 or 2, loaded to a multiple of 2 MiB. Ends in kvm_start(),
 * on the boot tables and stack.
 *
 * The image is linked to be at KVM_BASE, which no loader uses: what runs before
 * the page tables are on reaches everything relative to itself.
 */
#include <uk/arch/entry.h>
#include <uk/arch/system.h>
#include <uk/arch/type.h>
#include <uk/config.h>
#include "virt.h"

	/* C code of this room has no floating point, this file has. */
	.arch	armv8-a+fp+simd

#define LARGE		0x200000
#define TABLE		3
#define ENTRY(n)	((n) * 8)
#define TABLE_AT(n)	((n) * 4096)
/* Present, shared, accessed; by MAIR: normal, device; not for level 0. */
#define NORMAL_LO	0x701
#define DEVICE_LO	0x705
#define NOT_BELOW	0x40
#define NO_EXECUTE	0x60

#define HCR_EL1_IS_64	0x80000000
#define HCR_PAC		0x0300	/* keys, and what uses them: bits 32 up */
#define CNTHCTL_ALL	3
#define CPTR_NOTHING	0x33ff
#define SPSR_EL1_MASKED	0x3c5
#define CPACR_FPU	0x300000

	.section .text.boot, "ax", @progbits
	.globl	_start
	.type	_start, @function
_start:
	b	enter
	nop
	.quad	0			/* from a multiple of 2 MiB */
	.quad	uk_image_size + TABLE_AT(KVM_TABLES)
	.quad	0xa			/* little endian, 4 KiB, anywhere */
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.long	0
	.size	_start, . - _start

	.type	enter, @function
enter:
	msr	daifset, #15
	UKARCH_CLEAN_REGISTERS
	mov	x29, xzr
	mov	x20, x0
	mrs	x1, CurrentEL
	cmp	x1, #(2 << 2)
	b.ne	1f
	/* From level 2 down to level 1, which may do all that it can. */
	mov	x1, #HCR_EL1_IS_64
	movk	x1, #HCR_PAC, lsl #32
	msr	hcr_el2, x1
	mov	x1, #CNTHCTL_ALL
	msr	cnthctl_el2, x1
	msr	cntvoff_el2, xzr
	mov	x1, #CPTR_NOTHING
	msr	cptr_el2, x1
	mrs	x1, id_aa64pfr0_el1
	ubfx	x1, x1, #24, #4
	cbz	x1, 2f
	mov	x1, #0xf		/* ICC_SRE_EL2: system registers */
	msr	s3_4_c12_c9_5, x1
	isb
2:	ldr	w1, =UKARCH_SCTLR_RES1
	msr	sctlr_el1, x1
	mov	x1, #SPSR_EL1_MASKED
	msr	spsr_el2, x1
	adr	x1, 1f
	msr	elr_el2, x1
	eret

	/* x21: where we are; x22: the boot tables. */
1:	adr	x21, _start
	adrp	x22, uk_image_end
	tst	x21, #(LARGE - 1)
	b.ne	stop
	lsr	x1, x21, #39
	cbnz	x1, stop
	mov	x1, x22
	add	x2, x22, #TABLE_AT(KVM_TABLES)
3:	stp	xzr, xzr, [x1], #16
	stp	xzr, xzr, [x1], #16
	cmp	x1, x2
	b.lo	3b

	/* The tables of level 0 and 1 */
	add	x9, x22, #TABLE_AT(KVM_TABLE_SELF)
	add	x10, x22, #TABLE_AT(KVM_TABLE_IMAGE)
	add	x11, x22, #TABLE_AT(KVM_TABLE_SLOTS)
	orr	x1, x9, #TABLE
	str	x1, [x22, #ENTRY(0)]
	orr	x1, x10, #TABLE
	str	x1, [x22, #ENTRY(KVM_BASE >> 39)]
	orr	x1, x11, #TABLE
	str	x1, [x22, #ENTRY(KVM_SLOTS >> 39)]
	ubfx	x3, x21, #30, #9
	add	x12, x9, #TABLE_AT(1)
	orr	x1, x12, #TABLE
	str	x1, [x9, x3, lsl #3]
	add	x13, x10, #TABLE_AT(1)
	orr	x1, x13, #TABLE
	str	x1, [x10]
	add	x14, x11, #TABLE_AT(1)
	orr	x1, x14, #TABLE
	str	x1, [x11]

	/* To itself; then all of the image and these tables */
	mov	x4, #NORMAL_LO
	movk	x4, #NOT_BELOW, lsl #48
	orr	x1, x21, x4
	ubfx	x3, x21, #21, #9
	str	x1, [x12, x3, lsl #3]
	add	x5, x13, #4096
4:	str	x1, [x13], #8
	cmp	x13, x5
	b.hi	stop
	add	x1, x1, #LARGE
	sub	x3, x1, x4
	cmp	x3, x2
	b.lo	4b

	/* The slots: device tree and the rest of it, UART */
	mov	x4, #NORMAL_LO
	movk	x4, #NO_EXECUTE, lsl #48
	bic	x1, x20, #(LARGE - 1)
	and	x1, x1, #0xffffffffffff
	orr	x1, x1, x4
	str	x1, [x14, #ENTRY(KVM_SLOT_TREE)]
	add	x1, x1, #LARGE
	str	x1, [x14, #ENTRY(KVM_SLOT_TREE + 1)]
	mov	x1, #DEVICE_LO
	movk	x1, #NO_EXECUTE, lsl #48
	orr	x1, x1, #KVM_FIRST_UART & 0x1000000
	orr	x1, x1, #KVM_FIRST_UART & 0x8000000
	str	x1, [x14, #ENTRY(KVM_SLOT_UART)]

	/* What lies in a cache of them is older. */
	dmb	sy
	mov	x1, x22
5:	dc	ivac, x1
	add	x1, x1, #64
	cmp	x1, x2
	b.lo	5b
	dsb	sy

	mov	x1, #UKARCH_MAIR
	msr	mair_el1, x1
	ldr	x1, =(UKARCH_TCR_T0SZ | UKARCH_TCR_WALKS | UKARCH_TCR_EPD1)
	mrs	x3, id_aa64mmfr0_el1
	and	x3, x3, #0xf
	cmp	x3, #UKARCH_TCR_IPS_48
	b.ls	6f
	mov	x3, #UKARCH_TCR_IPS_48
6:	orr	x1, x1, x3, lsl #UKARCH_TCR_IPS_SHIFT
	msr	tcr_el1, x1
	msr	ttbr0_el1, x22
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	ldr	w1, =(UKARCH_SCTLR_RES1 | UKARCH_SCTLR_M | UKARCH_SCTLR_C | \
		      UKARCH_SCTLR_I | UKARCH_SCTLR_SA | UKARCH_SCTLR_SA0)
	msr	sctlr_el1, x1
	isb
	mov	x1, #KVM_BASE
	adr	x2, linked
	sub	x2, x2, x21
	add	x1, x1, x2
	br	x1

	/* Nobody is there to be told. */
stop:	wfe
	b	stop
	.ltorg

linked:	UKARCH_LANDING_JUMP
	adrp	x1, uk_image_zero_start
	add	x1, x1, :lo12:uk_image_zero_start
	adrp	x2, uk_image_bss_end
7:	stp	xzr, xzr, [x1], #16
	cmp	x1, x2
	b.lo	7b
	mov	x1, #CPACR_FPU
	msr	cpacr_el1, x1
	isb
	UKARCH_CLEAN_FPU
	bl	set_stacks
#ifdef CONFIG_HARDEN_ASLR
	/* The image moves; stacks and thread pointer go along. */
	mov	x0, x20
	mov	x1, x21
	bl	kvm_relocate
	adr	x1, moved
	add	x1, x1, x0
	br	x1
moved:	UKARCH_LANDING_JUMP
	bl	set_stacks
#endif
	mov	x0, x20
	mov	x1, x21
	mov	x29, xzr
	mov	x30, xzr
	bl	kvm_start
	brk	#1

	/* A canary may be read from here on; it is 0 until core sets one. */
set_stacks:
	adrp	x2, kvm_trap_stack_end
	add	x2, x2, :lo12:kvm_trap_stack_end
	msr	spsel, #1
	mov	sp, x2
	msr	spsel, #0
	adrp	x2, kvm_boot_stack_end
	add	x2, x2, :lo12:kvm_boot_stack_end
	mov	sp, x2
	msr	tpidr_el0, x2
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	adrp	x18, kvm_boot_shadow
	add	x18, x18, :lo12:kvm_boot_shadow
#endif
	mov	x29, xzr
	ret
	.size	enter, . - enter

	.section .bss.boot, "aw", @nobits
	.balign	4096
	.globl	kvm_boot_stack, kvm_boot_stack_end, kvm_trap_stack_end
	.hidden	kvm_boot_stack, kvm_boot_stack_end, kvm_trap_stack_end
kvm_boot_stack:				/* of both */
	.skip	KVM_BOOT_STACK
kvm_trap_stack_end:
	.skip	KVM_BOOT_STACK
kvm_boot_stack_end:			/* the thread control block */
	.skip	64
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	.globl	kvm_boot_shadow_traps
	.hidden	kvm_boot_shadow_traps
kvm_boot_shadow:			/* return addresses meanwhile */
	.skip	512
kvm_boot_shadow_traps:
	.skip	512
#endif

	.section .note.GNU-stack, "", @progbits
