/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this platform know of each other. Private: nobody
 * outside plat/kvm includes it.
 *
 * The way from the loader to core is plat/common's (machine.h). Before it
 * check.S asks whether the image is what was loaded; boot.c has what is asked
 * of this platform on the way; each other file is a device or a table.
 */
#pragma once

#include "machine.h"

#ifndef __ASSEMBLER__

/*
 * nvdimm.c, mitigation hvro: find the nvdimm that holds text and rodata, check
 * it, and say so in bi->hv; ends in ukplat_boot_refuse() if there is none. On
 * the boot tables, after pvh_found().
 */
#ifdef CONFIG_HARDEN_HVRO
void kvm_nvdimm_find(struct uk_bootinfo *bi);
#else
static inline void kvm_nvdimm_find(struct uk_bootinfo *bi UK_UNUSED)
{
}
#endif

/*
 * Called by ukplat_init() in this order, after the final tables are in use,
 * interrupts off; it enables them when all returned 0. Negative errno
 * refuses the boot.
 * clock.c: monotonic and wall clock.
 * irq.c: interrupt controllers (PIC masked, local APIC, I/O APIC), timer;
 * calls ukarch_irq_set_handler().
 */
int kvm_clock_init(const struct uk_bootinfo *bi);
int kvm_irq_init(const struct uk_bootinfo *bi);

#endif
