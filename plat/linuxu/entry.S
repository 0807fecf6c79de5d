/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the kernel starts the process: rsp points to argc, argv, environment
 * and auxiliary vector; all else is undefined. The stack stays in use until
 * core has one.
 */
#include <uk/arch/entry.h>
#include <uk/arch/type.h>
#include <uk/config.h>
#include "syscall.h"

	.section .text.boot, "ax", @progbits
	.globl	_start
	.type	_start, @function
_start:
	UKARCH_CLEAN_FLAGS
	UKARCH_CLEAN_REGISTERS
	xorl	%ebp, %ebp
	movq	%rsp, %rbx
	andq	$-16, %rsp
	UKARCH_CLEAN_FPU
	call	set_fs
#ifdef CONFIG_HARDEN_ASLR
	/* The image moves; it is linked for address 0. */
	call	linuxu_move
	leaq	moved(%rip), %rdx
	addq	%rax, %rdx
	leaq	uk_image_start(%rip), %r12
	jmp	*%rdx
moved:	call	set_fs
	leaq	uk_image_start(%rip), %rdi
	movq	%rdi, %rsi
	call	uk_image_relocate
	movq	%r12, %rdi
	call	linuxu_leave
#endif
	movq	%rbx, %rdi
	call	linuxu_start
	ud2

	/* A canary may be read from here on; it is 0 until core sets one. */
set_fs:	movl	$SYS_ARCH_PRCTL, %eax
	movl	$ARCH_SET_FS, %edi
	leaq	boot_tcb(%rip), %rsi
	syscall
	ret
	.size	_start, . - _start

	.text
/*
 * Where the kernel enters with a trap: signal, siginfo and context are its own
 * words, the direction flag is down and the FPU as new; all else is the
 * interrupted code's.
 */
	.globl	linuxu_signal
	.hidden	linuxu_signal
	.type	linuxu_signal, @function
	UKARCH_TYPE(linuxu_signal)
linuxu_signal:
	UKARCH_LANDING
	UKARCH_CLEAN_FLAGS
	UKARCH_CLEAN_OTHERS
	UKARCH_CLEAN_FPU
	jmp	linuxu_trap
	.size	linuxu_signal, . - linuxu_signal

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
