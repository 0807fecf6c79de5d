/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the domain starts: 64-bit code, in tables that map the domain's first
 * frames from PV_BASE on, with upcalls masked; rsi is where the start-info is.
 * What starts as zero is zero: Xen clears what it gives.
 */
#include <uk/arch/entry.h>
#include <uk/config.h>

#define XEN_SEGMENT_BASE 25
#define XEN_SEGMENT_FS 0

.macro note type, value:vararg
	.balign	4
	.long	4, 2f - 1f, \type
	.asciz	"Xen"
1:	\value
2:	.balign	4
.endm

	.section .note.Xen, "a", @note
	note	6, .asciz "redoubt"	/* GUEST_OS */
	note	5, .asciz "xen-3.0"	/* XEN_VERSION */
	note	8, .asciz "generic"	/* LOADER */
	note	3, .quad PV_BASE	/* VIRT_BASE */
	note	4, .quad PV_BASE	/* PADDR_OFFSET */
	note	1, .quad PV_BASE	/* ENTRY: _start is the first byte */
	note	16, .long 1		/* MOD_START_PFN */

	.section .text.boot, "ax", @progbits
	.globl	_start
	.type	_start, @function
_start:
	leaq	boot_stack_end(%rip), %rsp
	pushq	%rsi
	UKARCH_CLEAN_FLAGS
	UKARCH_CLEAN_REGISTERS
	xorl	%ebp, %ebp
	popq	%rbx
	UKARCH_CLEAN_FPU
	call	set_fs
#ifdef CONFIG_HARDEN_ASLR
	/* The image moves; stack and thread pointer go along. */
	movq	%rbx, %rdi
	call	pv_relocate
	leaq	moved(%rip), %rdx
	addq	%rax, %rdx
	addq	%rax, %rsp
	jmp	*%rdx
moved:	call	set_fs
#endif
	movq	%rbx, %rdi
	call	pv_start
	ud2

	/* A canary may be read from here on; it is 0 until core sets one. */
set_fs:	movl	$XEN_SEGMENT_BASE, %eax
	movl	$XEN_SEGMENT_FS, %edi
	leaq	boot_tcb(%rip), %rsi
	syscall
	ret
	.size	_start, . - _start

	.section .bss.boot, "aw", @nobits
	.balign	64
	/* As much as on kvm: see PVH_BOOT_STACK. */
	.skip	4096
boot_stack_end:
boot_tcb:
	.skip	64

	.section .note.GNU-stack, "", @progbits
