/* SPDX-License-Identifier: BSD-3-Clause */
/* Between vector.S and system.c. */
#pragma once

#include <uk/arch/trap.h>

extern const char ukarch_vectors[];

/* Called by vector.S with the trap frame; to be resumed on return. */
void ukarch_trap_enter(struct ukarch_regs *r);
void ukarch_irq_enter(struct ukarch_regs *r);
