/* SPDX-License-Identifier: BSD-3-Clause */
/* Entropy that the loader hands over on the command line. */
#pragma once

#include <stdint.h>
#include <uk/bootinfo.h>

/*
 * Move a word `rng_seed=<hex>` from bi->cmdline to bi->seed: an even number of
 * digits, 1 to UK_BOOTINFO_MAX_SEED bytes, once. Words are what spaces
 * separate; the rest of the command line keeps its order. 0, or -EINVAL with
 * *why and *value (offset of the word) set.
 */
int seed_take(struct uk_bootinfo *bi, const char **why, uint64_t *value);
