/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the CPU enters on a trap or an interrupt: 16 places, of which the first
 * eight count, as nothing runs below exception level 1.
 *
 * Ordinary code has SP_EL0 for its stack pointer. A trap is handled on SP_EL1,
 * an interrupt on the stack of the interrupted code. Whatever traps while
 * SP_EL1 is in use goes to the last stack of all, and does not come back.
 */
#include <uk/arch/entry.h>
#include <uk/arch/system.h>
#include <uk/arch/type.h>

	/* C code of this room has no floating point, this file has. */
	.arch	armv8-a+fp+simd

/* struct ukarch_regs, and struct ukarch_percpu */
#define REGS_SP		(31 * 8)
#define REGS_PC		(32 * 8)
#define REGS_PSTATE	(33 * 8)
#define REGS_ESR	(34 * 8)
#define REGS_FAR	(35 * 8)
#define REGS_SIZE	(36 * 8)
#define PERCPU_FATAL	0
#define PERCPU_SCRATCH	8
#define PERCPU_FAULT_SHADOW 16
#define PERCPU_FATAL_SHADOW 24

/* Control and status, q0 to q31 */
#define FPU_SIZE	(32 * 16 + 16)

/* stp or ldp: x2 to x29, and all vectors. */
.macro pairs op
	\op	x2, x3, [sp, #16]
	\op	x4, x5, [sp, #32]
	\op	x6, x7, [sp, #48]
	\op	x8, x9, [sp, #64]
	\op	x10, x11, [sp, #80]
	\op	x12, x13, [sp, #96]
	\op	x14, x15, [sp, #112]
	\op	x16, x17, [sp, #128]
	\op	x18, x19, [sp, #144]
	\op	x20, x21, [sp, #160]
	\op	x22, x23, [sp, #176]
	\op	x24, x25, [sp, #192]
	\op	x26, x27, [sp, #208]
	\op	x28, x29, [sp, #224]
.endm
.macro vectors op
	\op	q0, q1, [sp, #16]
	\op	q2, q3, [sp, #48]
	\op	q4, q5, [sp, #80]
	\op	q6, q7, [sp, #112]
	\op	q8, q9, [sp, #144]
	\op	q10, q11, [sp, #176]
	\op	q12, q13, [sp, #208]
	\op	q14, q15, [sp, #240]
	\op	q16, q17, [sp, #272]
	\op	q18, q19, [sp, #304]
	\op	q20, q21, [sp, #336]
	\op	q22, q23, [sp, #368]
	\op	q24, q25, [sp, #400]
	\op	q26, q27, [sp, #432]
	\op	q28, q29, [sp, #464]
	\op	q30, q31, [sp, #496]
.endm

/* Afterwards x1 and x2 are free. */
.macro save_regs
	stp	x0, x1, [sp, #0]
	pairs	stp
	str	x30, [sp, #(30 * 8)]
	mrs	x1, elr_el1
	mrs	x2, spsr_el1
	stp	x1, x2, [sp, #REGS_PC]
.endm

.macro load_regs
	ldp	x1, x2, [sp, #REGS_PC]
	msr	elr_el1, x1
	msr	spsr_el1, x2
	pairs	ldp
	ldr	x30, [sp, #(30 * 8)]
	ldp	x0, x1, [sp, #0]
.endm

.macro vector to
	.balign	UKARCH_VECTOR_STRIDE
	b	\to
.endm

	.section .text.ukarch_vectors, "ax", @progbits
	.globl	ukarch_vectors
	.hidden	ukarch_vectors
	.type	ukarch_vectors, @function
	.balign	2048
ukarch_vectors:
	/* From SP_EL0: trap, interrupt, fast interrupt, system error */
	vector	trap
	vector	interrupt
	vector	trap
	vector	trap
	/* From SP_EL1 */
	vector	nested
	vector	nested
	vector	nested
	vector	nested
	/* From below: there is nothing */
	.rept	8
	vector	nested
	.endr
	.balign	UKARCH_VECTOR_STRIDE
	.size	ukarch_vectors, . - ukarch_vectors

/*
 * Behind the registers a frame of the interrupted code, so that backtraces run
 * on into it. Nothing of its state goes on into C but what lies in the
 * structure.
 */
.macro enter_c
	ldr	x1, [sp, #REGS_PC]
	stp	x29, x1, [sp, #-16]!
	mov	x29, sp
	add	x0, sp, #16
	UKARCH_CLEAN_REGISTERS
.endm

/* Return addresses go to where nobody has pointed x18. */
.macro use_shadow which
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	mrs	x1, tpidr_el1
	ldr	x18, [x1, #\which]
#endif
.endm

	.type	trap, @function
trap:
	sub	sp, sp, #REGS_SIZE
	save_regs
	mrs	x1, sp_el0
	str	x1, [sp, #REGS_SP]
	mrs	x1, esr_el1
	mrs	x2, far_el1
	stp	x1, x2, [sp, #REGS_ESR]
	use_shadow PERCPU_FAULT_SHADOW
	enter_c
	mrs	x19, fpcr
	UKARCH_CLEAN_FPU
	bl	ukarch_trap_enter
	msr	fpcr, x19
	add	sp, sp, #16
	ldr	x1, [sp, #REGS_SP]
	msr	sp_el0, x1
	load_regs
	add	sp, sp, #REGS_SIZE
	eret
	.size	trap, . - trap

/* Handlers are ordinary code that may use vector registers. */
	.type	interrupt, @function
interrupt:
	msr	spsel, #0
	sub	sp, sp, #REGS_SIZE
	save_regs
	add	x1, sp, #REGS_SIZE
	str	x1, [sp, #REGS_SP]
	stp	xzr, xzr, [sp, #REGS_ESR]
	mov	x3, sp
	sub	sp, sp, #FPU_SIZE
	vectors	stp
	mrs	x1, fpcr
	mrs	x2, fpsr
	stp	x1, x2, [sp, #0]
	msr	fpcr, xzr
	ldr	x1, [x3, #REGS_PC]
	stp	x29, x1, [sp, #-16]!
	mov	x29, sp
	mov	x0, x3
	UKARCH_CLEAN_REGISTERS
	bl	ukarch_irq_enter
	add	sp, sp, #16
	ldp	x1, x2, [sp, #0]
	msr	fpcr, x1
	msr	fpsr, x2
	vectors	ldp
	add	sp, sp, #FPU_SIZE
	load_regs
	add	sp, sp, #REGS_SIZE
	eret
	.size	interrupt, . - interrupt

	.type	nested, @function
nested:
	msr	spsel, #1
	msr	tpidrro_el0, x0
	mrs	x0, tpidr_el1
	str	x1, [x0, #PERCPU_SCRATCH]
	mov	x1, sp
	ldr	x0, [x0, #PERCPU_FATAL]
	mov	sp, x0
	sub	sp, sp, #REGS_SIZE
	str	x1, [sp, #REGS_SP]
	mrs	x0, tpidr_el1
	ldr	x1, [x0, #PERCPU_SCRATCH]
	mrs	x0, tpidrro_el0
	save_regs
	mrs	x1, esr_el1
	mrs	x2, far_el1
	stp	x1, x2, [sp, #REGS_ESR]
	use_shadow PERCPU_FATAL_SHADOW
	enter_c
	bl	ukarch_trap_enter
1:	wfi
	b	1b
	.size	nested, . - nested

	.section .note.GNU-stack, "", @progbits
