/* SPDX-License-Identifier: BSD-3-Clause */
/* PVH entry of the loader that lies: a stack, then chain(start_info). */
	.code32
	.text
	.globl	_start
_start:
	movl	$stack_top, %esp
	pushl	%ebx
	call	chain
1:	hlt
	jmp	1b

	.bss
	.balign	16
	.skip	8192
stack_top:

	.section .note.Xen, "a", @note
	.long	4, 4, 18	/* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz	"Xen"
	.long	_start
	.section .note.GNU-stack, "", @progbits
