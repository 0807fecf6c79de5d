/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For assembly: where something from outside enters (the loader, a trap, an
 * interrupt), and C code follows. Nothing without the mitigation entry-state.
 * Flags need nothing: the CPU itself sets them anew at a trap.
 */
#pragma once

#include <uk/config.h>

#ifdef __ASSEMBLER__
#ifdef CONFIG_HARDEN_ENTRY_STATE
/* x1 and up 0, but for the frame pointer, and that of return addresses. */
.macro UKARCH_CLEAN_REGISTERS
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
	mov	x\n, xzr
	.endr
	.irp	n, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30
	mov	x\n, xzr
	.endr
#ifndef CONFIG_HARDEN_SHADOW_STACK_USED
	mov	x18, xzr
#endif
.endm
/* Control word of the FPU at the ABI's default. */
.macro UKARCH_CLEAN_FPU
	msr	fpcr, xzr
.endm
#else
.macro UKARCH_CLEAN_REGISTERS
.endm
.macro UKARCH_CLEAN_FPU
.endm
#endif
#endif
