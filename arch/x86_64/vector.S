/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the CPU enters on a trap or an interrupt. Every vector has a stub of
 * a few bytes, whose return address tells the vector, so that all the rest
 * exists once.
 */
#include <uk/arch/entry.h>
#include <uk/arch/system.h>
#include "vector.h"

/* Vectors for which the CPU pushes an error code: 8, 10-14, 17, 21, 29, 30 */
#define HAS_ERROR 0x60227d00

/* struct ukarch_regs: what the code below reads of it. */
#define REGS_RBP	64
#define REGS_VECTOR	120
#define REGS_RIP	136

/* The x87 environment and MXCSR; what is in the registers stays there. */
#ifdef CONFIG_HARDEN_ENTRY_STATE
#define FPU_ROOM	32
#define SAVE_FPU	fnstenv (%rsp); stmxcsr 28(%rsp)
#define RESTORE_FPU	ldmxcsr 28(%rsp); fldenv (%rsp)
#else
#define FPU_ROOM	0
#define SAVE_FPU
#define RESTORE_FPU
#endif

	.section .text.ukarch_vectors, "ax", @progbits
	.globl	ukarch_vectors
	.hidden	ukarch_vectors
	.type	ukarch_vectors, @function
	.balign	16
ukarch_vectors:
	.set	vector, 0
	.rept	UKARCH_VECTORS
	.balign	VECTOR_STRIDE
#if VECTOR_STRIDE == 16
	endbr64
#endif
	.if	((HAS_ERROR >> vector) & 1) == 0
	pushq	$0
	.endif
	call	trap_entry
	.set	vector, vector + 1
	.endr
	.balign	VECTOR_STRIDE
	.size	ukarch_vectors, . - ukarch_vectors

/*
 * Both kinds, in the order of struct ukarch_regs from its end. Nothing of the
 * interrupted code's state goes on into C but what lies in that structure.
 * Behind it a frame of that code, so that backtraces run on into it.
 *
 * The frame is 176 bytes and the CPU aligned the stack: calls are aligned.
 */
	.type	trap_entry, @function
trap_entry:
	pushq	%rax
	pushq	%rbx
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushq	%rbp
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	UKARCH_CLEAN_FLAGS
	UKARCH_CLEAN_REGISTERS
	movq	%rsp, %rbx
	pushq	REGS_RIP(%rbx)
	pushq	REGS_RBP(%rbx)
	movq	%rsp, %rbp
	leaq	(ukarch_vectors + UKARCH_VECTOR_IRQ0 * VECTOR_STRIDE)(%rip), %rax
	cmpq	%rax, REGS_VECTOR(%rbx)
	jae	interrupt

	/* Handlers of traps are built without floating point, but what a
	 * self-test calls from there may look at its control words. */
	subq	$FPU_ROOM, %rsp
	SAVE_FPU
	UKARCH_CLEAN_FPU
	movq	%rbx, %rdi
	call	ukarch_trap_enter
	RESTORE_FPU
	jmp	resume

/*
 * Handlers are ordinary code that may use vector registers, so the interrupted
 * code's are kept on the stack meanwhile. The header of an XSAVE area must be
 * zero where XSAVE does not write it.
 */
interrupt:
	subq	ukarch_fpu_bytes(%rip), %rsp
	andq	$-64, %rsp
	leaq	512(%rsp), %rdi
	xorl	%eax, %eax
	movl	$8, %ecx
	cld
	rep stosq
	movq	%rsp, %rdi
	call	ukarch_fpu_save
	call	ukarch_fpu_defaults
	movq	%rbx, %rdi
	call	ukarch_irq_enter
	movq	%rsp, %rdi
	call	ukarch_fpu_restore
	.size	trap_entry, . - trap_entry

	.type	resume, @function
resume:
	movq	%rbx, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rbp
	popq	%rdi
	popq	%rsi
	popq	%rdx
	popq	%rcx
	popq	%rbx
	popq	%rax
	addq	$16, %rsp
	iretq
	.size	resume, . - resume

	.section .note.GNU-stack, "", @progbits
