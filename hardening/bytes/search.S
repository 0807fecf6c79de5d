/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The search of the self-test:
 *	const uint8_t *bytes_skip(const uint8_t *p, const uint8_t *end)
 * From p on, the first place where a 0x0f stands before 0x01 or 0xc7, or the
 * first that it does not look at: fewer than 64 are left up to end. Reads up to
 * the byte at end.
 *
 * Compiled code has no vector registers here, and takes seven times as many
 * instructions. A 0x0f is in every fourth group of 16, those pairs hardly ever.
 */
	.section .text.bytes_skip, "ax", @progbits
	.globl	bytes_skip
	.type	bytes_skip, @function
	.balign	16
bytes_skip:
	subq	$64, %rsi
	cmpq	%rsi, %rdi
	ja	2f
	movl	$0x0f0f0f0f, %eax
	movd	%eax, %xmm0
	pshufd	$0, %xmm0, %xmm0
	movl	$0x01010101, %eax
	movd	%eax, %xmm1
	pshufd	$0, %xmm1, %xmm1
	movl	$0xc7c7c7c7, %eax
	movd	%eax, %xmm2
	pshufd	$0, %xmm2, %xmm2

1:	.irp	at, 0, 16, 32, 48
	movdqu	\at(%rdi), %xmm3
	pcmpeqb	%xmm0, %xmm3
	pmovmskb %xmm3, %eax
	testl	%eax, %eax
	jnz	.Lfirst\at
.Lnone\at:
	.endr
	addq	$64, %rdi
	cmpq	%rsi, %rdi
	jbe	1b
2:	movq	%rdi, %rax
	ret

	/* Which of those places have one of the two behind them? */
	.irp	at, 0, 16, 32, 48
.Lfirst\at:
	movdqu	\at + 1(%rdi), %xmm3
	movdqa	%xmm3, %xmm4
	pcmpeqb	%xmm1, %xmm3
	pcmpeqb	%xmm2, %xmm4
	por	%xmm4, %xmm3
	pmovmskb %xmm3, %ecx
	andl	%ecx, %eax
	jz	.Lnone\at
	bsfl	%eax, %eax
	leaq	\at(%rdi, %rax), %rax
	ret
	.endr
	.size	bytes_skip, . - bytes_skip

	.section .note.GNU-stack, "", @progbits
