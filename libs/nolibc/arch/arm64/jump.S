/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * setjmp and longjmp. jmp_buf: x19 to x30, the stack pointer, d8 to d15, the
 * control word of the FPU, x18 (where return addresses are, mitigation
 * shadow-stack), and the seal.
 */
#include <uk/config.h>
#include <uk/functype.h>

#define WORDS 23
#define SP_AT 96

	.section .text.setjmp, "ax", @progbits
	.globl	setjmp
	.type	setjmp, @function
	.balign	4
	UKARCH_TYPE(setjmp)
setjmp:	UKARCH_LANDING
	stp	x19, x20, [x0, #0]
	stp	x21, x22, [x0, #16]
	stp	x23, x24, [x0, #32]
	stp	x25, x26, [x0, #48]
	stp	x27, x28, [x0, #64]
	stp	x29, x30, [x0, #80]
	mov	x2, sp
	str	x2, [x0, #SP_AT]
	stp	d8, d9, [x0, #104]
	stp	d10, d11, [x0, #120]
	stp	d12, d13, [x0, #136]
	stp	d14, d15, [x0, #152]
	mrs	x2, fpcr
	stp	x2, x18, [x0, #168]
#ifdef CONFIG_HARDEN_JMPBUF
	mov	x1, #WORDS
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	bl	uk_jmpbuf_seal
	ldp	x29, x30, [sp], #16
#endif
	mov	w0, wzr
	ret
	.size	setjmp, . - setjmp

	.section .text.longjmp, "ax", @progbits
	.globl	longjmp
	.type	longjmp, @function
	.balign	4
	UKARCH_TYPE(longjmp)
longjmp: UKARCH_LANDING
#ifdef CONFIG_HARDEN_JMPBUF
	/* x19 and x20 are loaded below. */
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	mov	x19, x0
	mov	w20, w1
	mov	x1, #WORDS
	ldr	x2, [x0, #SP_AT]
	bl	uk_jmpbuf_check
	mov	x0, x19
	mov	w1, w20
#endif
	ldp	x19, x20, [x0, #0]
	ldp	x21, x22, [x0, #16]
	ldp	x23, x24, [x0, #32]
	ldp	x25, x26, [x0, #48]
	ldp	x27, x28, [x0, #64]
	ldp	x29, x30, [x0, #80]
	ldr	x2, [x0, #SP_AT]
	ldp	d8, d9, [x0, #104]
	ldp	d10, d11, [x0, #120]
	ldp	d12, d13, [x0, #136]
	ldp	d14, d15, [x0, #152]
	ldp	x3, x18, [x0, #168]
	msr	fpcr, x3
	mov	sp, x2
	cmp	w1, #0
	csinc	w0, w1, wzr, ne
	ret
	.size	longjmp, . - longjmp

	.section .note.GNU-stack, "", @progbits
