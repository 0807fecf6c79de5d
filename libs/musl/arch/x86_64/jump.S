/* SPDX-License-Identifier: BSD-3-Clause */
/* The other names of setjmp and longjmp: there is no signal mask to save. */
#include <uk/config.h>
#include <uk/functype.h>

.macro same name, as
	.section .text.\name, "ax", @progbits
	.globl	\name
	.type	\name, @function
	.balign	16
	UKARCH_TYPE(\name)
\name:	UKARCH_LANDING
	jmp	\as
	.size	\name, . - \name
.endm

	same	_setjmp, setjmp
	same	sigsetjmp, setjmp
	same	__sigsetjmp, setjmp
	same	_longjmp, longjmp
	same	siglongjmp, longjmp

	.section .note.GNU-stack, "", @progbits
