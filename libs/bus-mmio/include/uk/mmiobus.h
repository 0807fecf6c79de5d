/* SPDX-License-Identifier: BSD-3-Clause */
/* Devices whose registers lie in memory, and which no bus can find. Thread
 * context, while the image boots (init classes bus and dev). */
#pragma once

#include <stdint.h>
#include <uk/mmio.h>

/*
 * Map the registers of each device that the platform or the command line names
 * and that can be one, and call fn, until it returns non-zero (returned). The
 * registers stay mapped. regs: len bytes, len >= 256. irq: for
 * ukplat_irq_register().
 */
int uk_mmio_scan(int (*fn)(volatile void *regs, uint32_t len, uint32_t irq,
			   void *arg), void *arg);
