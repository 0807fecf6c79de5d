/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this platform know of each other. Private: nobody
 * outside plat/kvm includes it.
 *
 * Who does what, in the order of a boot:
 *   check.S    32-bit PVH entry: is the image what was loaded?
 *   entry.S    -> long mode on the boot tables
 *   start.c    kvm_start: console, traps, control registers, FPU, boot
 *              information, uk_boot_entry; later ukplat_init
 *   paging.c   ukplat_map_*, ukplat_info
 *   the rest   one device or table each; see the prototypes
 */
#pragma once

#include <uk/arch/system.h>

/*
 * Until ukplat_map_commit() the boot tables map [0, KVM_BOOT_MAP_END), or as
 * far as the image goes, to itself, readable and writable. To look elsewhere,
 * entries of kvm_boot_pd from KVM_BOOT_FREE on may be set: bootinfo.c takes
 * them from below, paging.c the last one.
 */
#define KVM_BOOT_MAP_END UKARCH_BIT(26)
#define KVM_BOOT_FREE 448
/* Bytes of stack until core changes to the main stack: a boot takes 0.7 KiB, a
 * crash 1.4 KiB. */
#define KVM_BOOT_STACK 4096

#ifndef __ASSEMBLER__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/config.h>
#include <uk/plat.h>

/* ---- start.c, entry.S, paging.c -------------------------------------- */

/* C start, called by entry.S on the boot stack, interrupts off. */
UK_NORETURN void kvm_start(uint64_t start_info_pa);

/* True after ukplat_map_commit(): the boot tables are not in use any more,
 * nothing but the image is mapped to itself. */
bool kvm_paging_final(void);

/* The boot tables' top, and the 2 MiB pages of the lowest GiB. */
extern uint64_t kvm_boot_pml4[512], kvm_boot_pd[512];

/*
 * watch.c, mitigation cpu: remember the CPU's protection bits as they are now;
 * end the image if one of them has changed since. Any context.
 */
#ifdef CONFIG_HARDEN_CPU
void kvm_watch_start(void);
void kvm_watch(void);
#else
static inline void kvm_watch_start(void)
{
}

static inline void kvm_watch(void)
{
}
#endif

/* ---- the devices; each in the file of its name ----------------------- */

/* console.c: make COM1 usable. First call of all; no trap handler yet. */
void kvm_console_init(void);

/*
 * bootinfo.c: check and decode the PVH start-info at start_info_pa, on the
 * boot tables; ends in ukplat_boot_refuse() on bad input.
 */
void kvm_bootinfo_decode(uint64_t start_info_pa, struct uk_bootinfo *bi);

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
