/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a platform knows of devices that no bus can find: virtio devices whose
 * registers lie in memory. For bus drivers; everybody else uses theirs.
 */
#pragma once

#include <stdint.h>
#include <uk/plat.h>

struct ukplat_mmio {
	uint64_t pa;		/* of the registers; not checked */
	uint32_t len;		/* bytes, > 0 */
	uint32_t irq;		/* for ukplat_irq_register() */
};

/* The i-th one, from 0. -ENOENT: there are fewer. Thread context. */
int ukplat_mmio_device(unsigned int i, struct ukplat_mmio *out);
