/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ukarch_pt_present(e in rdi, end in rsi): where areas lie far apart, tables
 * are almost empty, and those who look for what is mapped read little but
 * absent entries: 64 at once, then 8, then one by one. The bit that counts is
 * the lowest of an entry; psllq makes it the one that movmskpd takes.
 */
	.section .text.ukarch_pt_present, "ax", @progbits
	.globl	ukarch_pt_present
	.hidden	ukarch_pt_present
	.type	ukarch_pt_present, @function
	.balign	16

	/* Is one of n entries from rdi on present? */
	.macro	look n
	movdqa	(%rdi), %xmm0
	.set	offset, 16
	.rept	\n / 2 - 1
	por	offset(%rdi), %xmm0
	.set	offset, offset + 16
	.endr
	psllq	$63, %xmm0
	movmskpd %xmm0, %eax
	testl	%eax, %eax
	.endm

ukarch_pt_present:
	jmp	2f
1:	testb	$1, (%rdi)
	jnz	7f
	addq	$8, %rdi
2:	testl	$63, %edi
	jnz	1b

3:	cmpq	%rsi, %rdi
	je	7f
	testl	$511, %edi
	jz	5f
4:	look	8
	jnz	6f
	addq	$64, %rdi
	jmp	3b

5:	look	64
	jnz	4b
	addq	$512, %rdi
	cmpq	%rsi, %rdi
	jne	5b
	jmp	7f

	/* One of these is. */
6:	testb	$1, (%rdi)
	jnz	7f
	addq	$8, %rdi
	jmp	6b
7:	movq	%rdi, %rax
	ret
	int3
	.size	ukarch_pt_present, . - ukarch_pt_present

	.section .note.GNU-stack, "", @progbits
