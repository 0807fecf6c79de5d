/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Changing stacks: context switch, jump, and core's setjmp. No privileged
 * instruction: a Linux process uses the same code.
 */
#include <uk/arch/type.h>
#include <uk/config.h>

/* What the compiler does to its own branches where a profile asks for it. */
#ifdef CONFIG_LIBX86_64ARCH_HARDEN_RETPOLINE
#define TARGET(reg) __x86_indirect_thunk_##reg
#else
#define TARGET(reg) *%reg
#endif
#define RET ret; int3

/*
 * Call a void (*)(void *) through a register: ukarch_ctx_start is one, so
 * that its type is the one to be seen in front of the function (kcfi).
 */
#ifdef CONFIG_LIBX86_64ARCH_HARDEN_KCFI
#define CALL(reg)							\
	movl	$__kcfi_typeid_ukarch_ctx_start, %r10d;			\
	cmpl	-4(%reg), %r10d;					\
	je	9f;							\
	ud2;								\
9:	call	TARGET(reg)
#else
#define CALL(reg) call TARGET(reg)
#endif

#define FUNCTION(name)							\
	.section .text.name, "ax", @progbits;				\
	.globl	name;							\
	.hidden	name;							\
	.type	name, @function;					\
	.balign	16;							\
	UKARCH_TYPE(name)						\
name:	UKARCH_LANDING
#define END(name) .size name, . - name

/* struct ukarch_ctx */
#define CTX_SP		0
#define CTX_FPU		8
#define CTX_TLSP	16

/*
 * ukarch_fpu_save(area in rdi): all of it, for an area on the stack;
 * ukarch_fpu_restore(area). Touch rax and rdx only.
 */
FUNCTION(ukarch_fpu_save)
	movl	ukarch_fpu_mask(%rip), %eax
	xorl	%edx, %edx
	testl	%eax, %eax
	jz	1f
	xsave64	(%rdi)
	RET
1:	fxsave64 (%rdi)
	RET
END(ukarch_fpu_save)

FUNCTION(ukarch_fpu_restore)
	movl	ukarch_fpu_mask(%rip), %eax
	xorl	%edx, %edx
	testl	%eax, %eax
	jz	1f
	xrstor64 (%rdi)
	RET
1:	fxrstor64 (%rdi)
	RET
END(ukarch_fpu_restore)

/* Control words as the ABI wants them at a function's entry. */
FUNCTION(ukarch_fpu_defaults)
	fninit
	ldmxcsr	mxcsr(%rip)
	RET
END(ukarch_fpu_defaults)

	.section .rodata.ukarch_mxcsr, "a", @progbits
	.balign	4
mxcsr:	.long	0x1f80

/*
 * ukarch_ctx_switch(from in rdi, to in rsi). A context that is not running
 * has on its stack: a pad word, r15, r14, r13, r12, rbx, rbp and where to
 * return. context.c builds the same for a new one.
 */
FUNCTION(ukarch_ctx_switch)
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	subq	$8, %rsp
	movq	%rdi, %rbx
	movq	%rsi, %r12

	/* XSAVEOPT leaves out what did not change since this area was
	 * restored; it may, as only this function saves to it. */
	movq	CTX_FPU(%rbx), %rdi
	testq	%rdi, %rdi
	jz	2f
	cmpl	$0, ukarch_fpu_opt(%rip)
	je	1f
	movl	ukarch_fpu_mask(%rip), %eax
	xorl	%edx, %edx
	xsaveopt64 (%rdi)
	jmp	2f
1:	call	ukarch_fpu_save
2:	call	ukarch_tlsp_get
	movq	%rax, CTX_TLSP(%rbx)

	movq	%rsp, CTX_SP(%rbx)
	movq	CTX_SP(%r12), %rsp

	movq	CTX_TLSP(%r12), %rdi
	testq	%rdi, %rdi
	jz	3f
	cmpq	%rax, %rdi
	je	3f
	call	ukarch_tlsp_set
3:	movq	CTX_FPU(%r12), %rdi
	testq	%rdi, %rdi
	jz	4f
	call	ukarch_fpu_restore
4:	addq	$8, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	RET
END(ukarch_ctx_switch)

/* First code of a new context: rbx(r12), see context.c. The frame chain
 * ends here. */
FUNCTION(ukarch_ctx_start)
	movq	%r12, %rdi
	xorl	%ebp, %ebp
	CALL(rbx)
	ud2
END(ukarch_ctx_start)

/* ukarch_stack_jump(top in rdi, fn in rsi, arg in rdx) */
FUNCTION(ukarch_stack_jump)
	andq	$-16, %rdi
	movq	%rdi, %rsp
	xorl	%ebp, %ebp
	movq	%rdx, %rdi
	CALL(rsi)
	ud2
END(ukarch_stack_jump)

/* ukarch_setjmp(jb in rdi); the stack pointer is the caller's, after return */
FUNCTION(ukarch_setjmp)
	leaq	8(%rsp), %rdx
	movq	(%rsp), %rcx
	movq	%rbx, 0(%rdi)
	movq	%rbp, 8(%rdi)
	movq	%r12, 16(%rdi)
	movq	%r13, 24(%rdi)
	movq	%r14, 32(%rdi)
	movq	%r15, 40(%rdi)
	movq	%rdx, 48(%rdi)
	movq	%rcx, 56(%rdi)
	xorl	%eax, %eax
	RET
END(ukarch_setjmp)

/* ukarch_longjmp(jb in rdi, value in esi) */
FUNCTION(ukarch_longjmp)
	movl	%esi, %eax
	movq	0(%rdi), %rbx
	movq	8(%rdi), %rbp
	movq	16(%rdi), %r12
	movq	24(%rdi), %r13
	movq	32(%rdi), %r14
	movq	40(%rdi), %r15
	movq	48(%rdi), %rsp
	movq	56(%rdi), %rdx
	jmp	TARGET(rdx)
	int3
END(ukarch_longjmp)

	.section .note.GNU-stack, "", @progbits
