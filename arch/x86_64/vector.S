/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the CPU enters on a trap or an interrupt. Every vector has a stub of
 * a few bytes, whose return address tells the vector, so that all the rest
 * exists once.
 */
#include <uk/arch/system.h>
#include "vector.h"

/* Vectors for which the CPU pushes an error code: 8, 10-14, 17, 21, 29, 30 */
#define HAS_ERROR 0x60227d00

/* The order of struct ukarch_regs, from its end. */
.macro push_registers
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
	cld
.endm

	.section .text.ukarch_vectors, "ax", @progbits
	.globl	ukarch_vectors
	.hidden	ukarch_vectors
	.type	ukarch_vectors, @function
	.balign	UKARCH_VECTORS * VECTOR_STRIDE
ukarch_vectors:
	.set	vector, 0
	.rept	UKARCH_VECTORS
	.balign	VECTOR_STRIDE
#if VECTOR_STRIDE == 16
	endbr64
#endif
	.if	vector < UKARCH_VECTOR_IRQ0
	.if	((HAS_ERROR >> vector) & 1) == 0
	pushq	$0
	.endif
	call	trap
	.else
	pushq	$0
	call	interrupt
	.endif
	.set	vector, vector + 1
	.endr
	.balign	VECTOR_STRIDE
	.size	ukarch_vectors, . - ukarch_vectors

/* The frame is 176 bytes and the CPU aligned the stack: calls are aligned. */
	.type	trap, @function
trap:
	push_registers
	movq	%rsp, %rdi
	call	ukarch_trap_enter
	jmp	resume
	.size	trap, . - trap

/*
 * Handlers are ordinary code that may use vector registers, so the interrupted
 * code's are kept on the stack meanwhile. The header of an XSAVE area must be
 * zero where XSAVE does not write it.
 */
	.type	interrupt, @function
interrupt:
	push_registers
	movq	%rsp, %rbx
	subq	ukarch_fpu_bytes(%rip), %rsp
	andq	$-64, %rsp
	leaq	512(%rsp), %rdi
	xorl	%eax, %eax
	movl	$8, %ecx
	rep stosq
	movq	%rsp, %rdi
	call	ukarch_fpu_save
	call	ukarch_fpu_defaults
	movq	%rbx, %rdi
	call	ukarch_irq_enter
	movq	%rsp, %rdi
	call	ukarch_fpu_restore
	movq	%rbx, %rsp
	.size	interrupt, . - interrupt

	.type	resume, @function
resume:
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
