/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#define RING3_BACK 0x40 /* the vector that leads back */

#include <stdint.h>

/* Run code at `pc` in ring 3 on the stack that ends at `sp`, interrupts off,
 * until it raises RING3_BACK. Its pages are the user's already. Traps of ring 3
 * reach the image's own handlers. Once. */
void ring3_call(uintptr_t pc, uintptr_t sp);
