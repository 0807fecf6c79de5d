/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Accesses that must fault, for self-tests. Only before main, like uk_catch.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/arch/trap.h>

/*
 * Do one access to the byte at addr: UKARCH_ACCESS_READ, _WRITE (stores back
 * what it reads, so that a store that succeeds does no harm) or _EXEC (calls
 * it). True if it ended in a page fault at that address and of that kind;
 * anything else, another trap included, is false.
 */
bool uk_probe_faults(uintptr_t addr, unsigned int access);

/* True if the byte can be read and written back: the control of the above. */
bool uk_probe_writable(uintptr_t addr);
