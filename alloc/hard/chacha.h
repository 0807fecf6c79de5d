/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdint.h>

/*
 * Four blocks of ChaCha8 at once, counters `first` to `first + 3`, nonce 0.
 * Word w of block b is out[w * 4 + b]: nobody here needs them in a row.
 */
void hard_chacha8(const uint32_t key[8], uint32_t first, uint32_t out[64]);
