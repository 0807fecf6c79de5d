/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the hypervisor enters with a trap or an upcall. On the stack, from its
 * top: rcx, r11, an error code where the CPU has one, and what the CPU itself
 * would have pushed. There is no other stack to choose: where this one has no
 * room, the hypervisor ends the domain. As in arch/x86_64/vector.S from there.
 */
#include <uk/arch/entry.h>
#include <uk/arch/system.h>

#define XEN_IRET 23

/* Vectors for which the CPU pushes an error code: 8, 10-14, 17, 21, 29, 30 */
#define HAS_ERROR 0x60227d00

/* struct ukarch_regs */
#define REGS_RBP	64
#define REGS_RIP	136
#define REGS_CS		144

	.section .text.pv_vectors, "ax", @progbits
	.globl	pv_vectors
	.hidden	pv_vectors
	.type	pv_vectors, @function
	.balign	16
pv_vectors:
	.set	vector, 0
	.rept	UKARCH_VECTOR_IRQ0
	.balign	16
	popq	%rcx
	popq	%r11
	.if	((HAS_ERROR >> vector) & 1) == 0
	pushq	$0
	.endif
	pushq	$vector
	jmp	pv_trap_entry
	.set	vector, vector + 1
	.endr
	.size	pv_vectors, . - pv_vectors

	/* All registers, in the order of struct ukarch_regs from its end; then
	 * a frame of the interrupted code, so that backtraces run on into it.
	 * Nothing else of its state goes on into C. */
.macro enter
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
	UKARCH_CLEAN_FLAGS
	UKARCH_CLEAN_REGISTERS
	movq	%rsp, %rbx
	/* The upper half has the hypervisor's notes. */
	movl	$0, (REGS_CS + 4)(%rbx)
	pushq	REGS_RIP(%rbx)
	pushq	REGS_RBP(%rbx)
	movq	%rsp, %rbp
.endm

	.type	pv_trap_entry, @function
pv_trap_entry:
	enter
#ifdef CONFIG_HARDEN_ENTRY_STATE
	subq	$32, %rsp
	fnstenv	(%rsp)
	stmxcsr	28(%rsp)
#endif
	UKARCH_CLEAN_FPU
	movq	%rbx, %rdi
	call	pv_trap
#ifdef CONFIG_HARDEN_ENTRY_STATE
	ldmxcsr	28(%rsp)
	fldenv	(%rsp)
#endif
	jmp	resume
	.size	pv_trap_entry, . - pv_trap_entry

	/* Handlers may use vector registers. The header of an XSAVE area must
	 * be zero where XSAVE does not write it. */
	.globl	pv_upcall
	.hidden	pv_upcall
	.type	pv_upcall, @function
pv_upcall:
	popq	%rcx
	popq	%r11
	pushq	$0
	pushq	$UKARCH_VECTOR_IRQ0
	enter
	subq	ukarch_fpu_bytes(%rip), %rsp
	andq	$-64, %rsp
	leaq	512(%rsp), %rdi
	xorl	%eax, %eax
	movl	$8, %ecx
	cld
	rep stosq
	movq	%rsp, %rdi
	call	ukarch_fpu_save
	call	ukarch_fpu_defaults
	call	xen_upcall
	movq	%rsp, %rdi
	call	ukarch_fpu_restore
	.size	pv_upcall, . - pv_upcall

	/* Flags, and with them whether upcalls are masked, come back in one
	 * step: a hypercall that finds the rest on the stack. */
	.type	resume, @function
resume:
	movq	%rbx, %rsp
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
	movq	$0, 8(%rsp)
	movq	%rcx, (%rsp)
	pushq	%r11
	pushq	%rax
	movl	$XEN_IRET, %eax
	syscall
	ud2
	.size	resume, . - resume

	/* A segment that cannot be loaded: nobody here loads any. */
	.globl	pv_failsafe
	.hidden	pv_failsafe
	.type	pv_failsafe, @function
pv_failsafe:
	ud2
	.size	pv_failsafe, . - pv_failsafe

	.section .note.GNU-stack, "", @progbits
