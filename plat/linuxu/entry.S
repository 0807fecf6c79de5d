/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the kernel starts the process: rsp points to argc, argv, environment
 * and auxiliary vector; all else is undefined. The stack stays in use until
 * core has one.
 */
#include "syscall.h"

	.section .text.boot, "ax", @progbits
	.globl	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp
	movq	%rsp, %rbx
	andq	$-16, %rsp
	/* A canary may be read from here on; it is 0 until core sets one. */
	movl	$SYS_ARCH_PRCTL, %eax
	movl	$ARCH_SET_FS, %edi
	movl	$boot_tcb, %esi
	syscall
	movq	%rbx, %rdi
	call	linuxu_start
	ud2
	.size	_start, . - _start

	.text
	.globl	linuxu_sigreturn
	.hidden	linuxu_sigreturn
	.type	linuxu_sigreturn, @function
linuxu_sigreturn:
	movl	$SYS_RT_SIGRETURN, %eax
	syscall
	ud2
	.size	linuxu_sigreturn, . - linuxu_sigreturn

	.section .bss.boot, "aw", @nobits
	.balign	64
boot_tcb:
	.skip	64

	.section .note.GNU-stack, "", @progbits
