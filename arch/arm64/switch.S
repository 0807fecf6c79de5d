/* SPDX-License-Identifier: BSD-3-Clause */
/* Changing stacks: context switch, jump, and core's setjmp. */
#include <uk/arch/type.h>
#include <uk/config.h>

	/* C code of this room has no floating point, this file has. */
	.arch	armv8-a+fp+simd

/*
 * Call a void (*)(void *) through x19: ukarch_ctx_start is one, so that its
 * type is the one to be seen in front of the function (kcfi). The trap's number
 * says where type and target are: x17 and x19.
 */
#ifdef CONFIG_LIBARM64ARCH_HARDEN_KCFI
#define CALL_X19							\
	ldur	w16, [x19, #-4];					\
	movz	w17, #:abs_g0_nc:__kcfi_typeid_ukarch_ctx_start;	\
	movk	w17, #:abs_g1:__kcfi_typeid_ukarch_ctx_start;		\
	cmp	w16, w17;						\
	b.eq	9f;							\
	brk	#(0x8000 | 17 << 5 | 19);				\
9:	blr	x19
#else
#define CALL_X19 blr x19
#endif

#define FUNCTION(name)							\
	.section .text.name, "ax", @progbits;				\
	.globl	name;							\
	.hidden	name;							\
	.type	name, @function;					\
	.balign	4;							\
	UKARCH_TYPE(name)						\
name:	UKARCH_LANDING
#define END(name) .size name, . - name

/* struct ukarch_ctx; the last is a pair, with x18 */
#define CTX_SP		0
#define CTX_FPU		8
#define CTX_TLSP	16

/*
 * ukarch_ctx_switch(from in x0, to in x1). A context that is not running has
 * on its stack: x29, x30, x19 to x28. context.c builds the same for a new one.
 */
FUNCTION(ukarch_ctx_switch)
	UKARCH_SIGN
	stp	x29, x30, [sp, #-96]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	ldr	x2, [x0, #CTX_FPU]
	cbz	x2, 1f
	stp	d8, d9, [x2, #0]
	stp	d10, d11, [x2, #16]
	stp	d12, d13, [x2, #32]
	stp	d14, d15, [x2, #48]
	mrs	x3, fpcr
	mrs	x4, fpsr
	stp	x3, x4, [x2, #64]
1:	mrs	x3, tpidr_el0
	mov	x4, sp
	str	x4, [x0, #CTX_SP]
	stp	x3, x18, [x0, #CTX_TLSP]

	ldr	x4, [x1, #CTX_SP]
	mov	sp, x4
	ldp	x3, x18, [x1, #CTX_TLSP]
	cbz	x3, 2f
	msr	tpidr_el0, x3
2:	ldr	x2, [x1, #CTX_FPU]
	cbz	x2, 3f
	ldp	d8, d9, [x2, #0]
	ldp	d10, d11, [x2, #16]
	ldp	d12, d13, [x2, #32]
	ldp	d14, d15, [x2, #48]
	ldp	x3, x4, [x2, #64]
	msr	fpcr, x3
	msr	fpsr, x4
3:	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	UKARCH_CHECK
	ret
END(ukarch_ctx_switch)

/* First code of a new context: x19(x20), see context.c. Here and below the
 * chain of frames ends with one of zeroes at the top of the stack. */
FUNCTION(ukarch_ctx_start)
	stp	xzr, xzr, [sp, #-16]!
	mov	x29, sp
	mov	x0, x20
	CALL_X19
	brk	#1
END(ukarch_ctx_start)

/* ukarch_stack_jump(top in x0, fn in x1, arg in x2) */
FUNCTION(ukarch_stack_jump)
	and	x0, x0, #-16
	mov	sp, x0
	stp	xzr, xzr, [sp, #-16]!
	mov	x29, sp
	mov	x19, x1
	mov	x0, x2
	CALL_X19
	brk	#1
END(ukarch_stack_jump)

/* ukarch_setjmp(jb in x0) */
FUNCTION(ukarch_setjmp)
	stp	x19, x20, [x0, #0]
	stp	x21, x22, [x0, #16]
	stp	x23, x24, [x0, #32]
	stp	x25, x26, [x0, #48]
	stp	x27, x28, [x0, #64]
	stp	x29, x30, [x0, #80]
	mov	x1, sp
	stp	x1, x18, [x0, #96]
	mov	x0, xzr
	ret
END(ukarch_setjmp)

/* ukarch_longjmp(jb in x0, value in w1) */
FUNCTION(ukarch_longjmp)
	ldp	x19, x20, [x0, #0]
	ldp	x21, x22, [x0, #16]
	ldp	x23, x24, [x0, #32]
	ldp	x25, x26, [x0, #48]
	ldp	x27, x28, [x0, #64]
	ldp	x29, x30, [x0, #80]
	ldp	x2, x18, [x0, #96]
	mov	sp, x2
	mov	w0, w1
	ret
END(ukarch_longjmp)

	.section .note.GNU-stack, "", @progbits
