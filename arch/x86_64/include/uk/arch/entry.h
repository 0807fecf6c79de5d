/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For assembly: where something from outside enters (the loader, a trap, an
 * interrupt, a signal of the host), and C code follows. Nothing without the
 * mitigation entry-state.
 */
#pragma once

#include <uk/config.h>

#ifdef CONFIG_HARDEN_ENTRY_STATE
/* Every flag 0: copies go upwards (DF), pages of the user's stay out of reach
 * and nothing is checked for alignment (AC). Of a process the host keeps IF.
 * Needs a word of stack. */
#define UKARCH_CLEAN_FLAGS						\
	pushq	$2;							\
	popfq

/* Every general register 0, but for the stack pointer and, in the second one,
 * the first three arguments. */
#define UKARCH_CLEAN_REGISTERS						\
	xorl	%edi, %edi;						\
	xorl	%esi, %esi;						\
	xorl	%edx, %edx;						\
	UKARCH_CLEAN_OTHERS
#define UKARCH_CLEAN_OTHERS						\
	xorl	%eax, %eax;						\
	xorl	%ebx, %ebx;						\
	xorl	%ecx, %ecx;						\
	xorl	%ebp, %ebp;						\
	xorl	%r8d, %r8d;						\
	xorl	%r9d, %r9d;						\
	xorl	%r10d, %r10d;						\
	xorl	%r11d, %r11d;						\
	xorl	%r12d, %r12d;						\
	xorl	%r13d, %r13d;						\
	xorl	%r14d, %r14d;						\
	xorl	%r15d, %r15d

/* Control words of the FPU at the ABI's defaults; see switch.S. */
#define UKARCH_CLEAN_FPU call ukarch_fpu_defaults
#else
#define UKARCH_CLEAN_FLAGS
#define UKARCH_CLEAN_REGISTERS
#define UKARCH_CLEAN_OTHERS
#define UKARCH_CLEAN_FPU
#endif
