/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For whoever receives traps on this CPU: the IDT's entry code, or a signal
 * handler of a Linux process.
 */
#pragma once

#include <uk/arch/trap.h>

/*
 * Decode r->vector (the CPU's exception number) and r->error, and call the
 * handler that ukarch_trap_set_handler() set; addr is what CR2 holds. Returns
 * if the handler did: resume with *r.
 */
void ukarch_trap_deliver(struct ukarch_regs *r, uintptr_t addr);
