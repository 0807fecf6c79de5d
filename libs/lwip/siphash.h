/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside liblwip: a keyed hash for what must not be guessed from outside. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* SipHash-2-4 (Aumasson and Bernstein) of n whole words. */
uint64_t lwip_siphash(const uint64_t key[2], const uint64_t *words, size_t n);
