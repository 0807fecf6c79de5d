/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack canary. A thread has its own; it lies in the thread's control
 * block at UKARCH_TLS_CANARY_OFFSET, from where compiled code reads it. There
 * only while CONFIG_HARDEN_SSP_USED is set.
 */
#pragma once

#include <stdint.h>

/*
 * A new canary: random, never 0, with the byte at the lowest address 0. For
 * whoever makes a thread: hand it to ukarch_tls_area_init(). Any context;
 * needs no memory and no stack protection. Where the machine has no entropy
 * it does not return: the image stops with UK_EXIT_ENTROPY.
 */
uintptr_t uk_canary_new(void);
