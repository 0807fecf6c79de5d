/* SPDX-License-Identifier: BSD-3-Clause */
/* The platform of these tests: a console in memory, a clock and an entropy
 * source under control, an image of four pages. */
#pragma once

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern char console[8192];
void console_clear(void);

extern uint64_t host_clock;
extern bool host_entropy;
extern bool host_irq;
/* ukplat_exit() comes back here with the status + 1. */
extern jmp_buf host_exit;
