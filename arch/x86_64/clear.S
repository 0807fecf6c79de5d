/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ukarch_pt_clear(table in rdi): 4 KiB of zeroes, 16 bytes a store. (A string
 * instruction is shorter, but counts 512 instructions where instructions are
 * counted, and a boot clears about a dozen tables.)
 */
	.section .text.ukarch_pt_clear, "ax", @progbits
	.globl	ukarch_pt_clear
	.hidden	ukarch_pt_clear
	.type	ukarch_pt_clear, @function
	.balign	16
ukarch_pt_clear:
	leaq	4096(%rdi), %rax
	xorps	%xmm0, %xmm0
1:
	.set	offset, 0
	.rept	16
	movaps	%xmm0, offset(%rdi)
	.set	offset, offset + 16
	.endr
	addq	$256, %rdi
	cmpq	%rax, %rdi
	jne	1b
	ret
	int3
	.size	ukarch_pt_clear, . - ukarch_pt_clear

	.section .note.GNU-stack, "", @progbits
