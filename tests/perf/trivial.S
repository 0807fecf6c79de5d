/* SPDX-License-Identifier: BSD-3-Clause */
/* The least a machine can boot: stops with status 0 at its first instruction.
 * What a boot takes longer than this is the image's own time. */
	.code32
	.text
	.globl	_start
_start:
	xorl	%eax, %eax
	outb	%al, $0xf4	/* isa-debug-exit */
1:	hlt
	jmp	1b

	.section .note.Xen, "a", @note
	.long	4, 4, 18	/* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz	"Xen"
	.long	_start
