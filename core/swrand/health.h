/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Does this look like the output of a source that works? The two continuous
 * tests of SP 800-90B on bytes of full entropy, each with less than one false
 * alarm in a million seeds, and a source that repeats a word.
 */
bool entropy_healthy(const uint8_t *p, size_t len);

/* The block function against the vector of RFC 8439, section 2.3.2. */
bool chacha_known_answer(void);
