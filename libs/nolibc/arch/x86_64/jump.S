/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * setjmp and longjmp. jmp_buf: rbx, rbp, r12 to r15, the stack pointer behind
 * the return, the return address, the control words of both FPUs, and the seal.
 */
#include <uk/config.h>
#include <uk/functype.h>

#define WORDS 9

	.section .text.setjmp, "ax", @progbits
	.globl	setjmp
	.type	setjmp, @function
	.balign	16
	UKARCH_TYPE(setjmp)
setjmp:	UKARCH_LANDING
	movq	%rbx, 0(%rdi)
	movq	%rbp, 8(%rdi)
	movq	%r12, 16(%rdi)
	movq	%r13, 24(%rdi)
	movq	%r14, 32(%rdi)
	movq	%r15, 40(%rdi)
	leaq	8(%rsp), %rdx
	movq	%rdx, 48(%rdi)
	movq	(%rsp), %rdx
	movq	%rdx, 56(%rdi)
	stmxcsr	64(%rdi)
	fnstcw	68(%rdi)
#ifdef CONFIG_HARDEN_JMPBUF
	movl	$WORDS, %esi
	subq	$8, %rsp
	call	uk_jmpbuf_seal
	addq	$8, %rsp
#endif
	xorl	%eax, %eax
	ret
	.size	setjmp, . - setjmp

	.section .text.longjmp, "ax", @progbits
	.globl	longjmp
	.type	longjmp, @function
	.balign	16
	UKARCH_TYPE(longjmp)
longjmp: UKARCH_LANDING
#ifdef CONFIG_HARDEN_JMPBUF
	/* rbx and r12 are loaded below; rbp makes it a frame. */
	pushq	%rbp
	movq	%rsp, %rbp
	movq	%rdi, %rbx
	movl	%esi, %r12d
	movl	$WORDS, %esi
	movq	48(%rdi), %rdx
	call	uk_jmpbuf_check
	movq	%rbx, %rdi
	movl	%r12d, %esi
#endif
	movl	%esi, %eax
	testl	%eax, %eax
	jnz	1f
	incl	%eax
1:	movq	0(%rdi), %rbx
	movq	8(%rdi), %rbp
	movq	16(%rdi), %r12
	movq	24(%rdi), %r13
	movq	32(%rdi), %r14
	movq	40(%rdi), %r15
	ldmxcsr	64(%rdi)
	fldcw	68(%rdi)
	movq	48(%rdi), %rsp
	jmpq	*56(%rdi)
	.size	longjmp, . - longjmp

	.section .note.GNU-stack, "", @progbits
