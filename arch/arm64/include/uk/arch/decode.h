/* SPDX-License-Identifier: BSD-3-Clause */
/* For whoever receives traps on this CPU: the entry code of the vectors. */
#pragma once

#include <uk/arch/trap.h>

/*
 * Decode r->esr (the CPU's exception syndrome), and call the handler that
 * ukarch_trap_set_handler() set. Returns if the handler did: resume with *r.
 */
void ukarch_trap_deliver(struct ukarch_regs *r);
