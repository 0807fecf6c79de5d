/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What compiled code calls in place of `call *%reg`: a return whose predicted
 * target, the instruction behind the inner call, is a trap that speculation
 * does not pass. The real target is put over the return address. A section
 * each, so that only those in use are linked. nt_: in place of a jump that
 * would have had the prefix NOTRACK (GCC, mitigation ibt, tables of a switch).
 */
.macro body name, reg
	.section .text.__x86_indirect_thunk_\name, "ax", @progbits
	.globl __x86_indirect_thunk_\name
	.type __x86_indirect_thunk_\name, @function
	.balign 16
__x86_indirect_thunk_\name:
	call 1f
	int3
1:	mov %\reg, (%rsp)
	ret
	int3
	.size __x86_indirect_thunk_\name, . - __x86_indirect_thunk_\name
.endm
.macro thunk reg
	body \reg, \reg
	body nt_\reg, \reg
.endm

	thunk rax
	thunk rbx
	thunk rcx
	thunk rdx
	thunk rsi
	thunk rdi
	thunk rbp
	thunk r8
	thunk r9
	thunk r10
	thunk r11
	thunk r12
	thunk r13
	thunk r14
	thunk r15

	.section .note.GNU-stack, "", @progbits
