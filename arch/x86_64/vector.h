/* SPDX-License-Identifier: BSD-3-Clause */
/* Between vector.S and system.c. */
#pragma once

/* Bytes from one stub to the next: dummy error code (2), call (5), and
 * endbr64 (4) where the compiler is asked for indirect-branch tracking. */
#if defined(__CET__) && (__CET__ & 1)
#define VECTOR_STRIDE 16
#else
#define VECTOR_STRIDE 8
#endif

#ifndef __ASSEMBLER__
#include <uk/arch/trap.h>

extern const char ukarch_vectors[];
extern uint64_t ukarch_gdt[5];

/* Called by vector.S with the trap frame; to be resumed on return. */
void ukarch_trap_enter(struct ukarch_regs *r);
void ukarch_irq_enter(struct ukarch_regs *r);
#endif
