/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdint.h>

/* Let ns nanoseconds pass: other threads run meanwhile, or the CPU sleeps. */
void nolibc_wait(uint64_t ns);
