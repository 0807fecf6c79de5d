/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack canary, as seen by those who make a stack. Each thread has its
 * own; it lies in the thread's control block at UKARCH_TLS_CANARY_OFFSET, from
 * where compiled code reads it. hardening/ssp makes canaries; in an image
 * without it there are none.
 */
#pragma once

#include <stdint.h>
#include <uk/essentials.h>

/*
 * A new canary: random, never 0, with the byte at the lowest address 0. Any
 * context; needs no memory and no stack protection. Where the machine has no
 * entropy it does not return: the image stops with UK_EXIT_ENTROPY. Weak:
 * hardening/ssp implements it, nobody else.
 */
extern UK_WEAK uintptr_t uk_canary_new(void);

/* What ukarch_tls_area_init() gets for a new thread: 0 = no canary. */
static inline uintptr_t uk_canary(void)
{
	return uk_canary_new ? uk_canary_new() : 0;
}
