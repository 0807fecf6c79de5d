/* SPDX-License-Identifier: BSD-3-Clause */
/* Random numbers for placement: mitigation aslr, and nobody else. */
#pragma once

#include <stdint.h>
#include <uk/bootinfo.h>

/* Seed from the machine and the loader; ends the image (UK_EXIT_ENTROPY) where
 * the two have too little. */
void mem_draw_init(const struct uk_bootinfo *bi);
/* In [0, n). */
uint64_t mem_draw(uint64_t n);
/* A page within a large one, as bytes: where what is large begins, so that no
 * bit of its place is known. */
uint64_t mem_draw_phase(void);
