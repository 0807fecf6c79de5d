/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this platform know of each other. Private: nobody
 * outside plat/kvm includes it.
 *
 * Who does what, in the order of a boot:
 *   check.S    32-bit PVH entry: is the image what was loaded?
 *   entry.S    -> long mode on the boot tables
 *   relocate.c kvm_relocate: the image to a random place (mitigation aslr)
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
 * them from below, paging.c the last one, nvdimm.c the one before that.
 */
#define KVM_BOOT_MAP_END UKARCH_BIT(26)
#define KVM_BOOT_FREE 448
/* Frames for the tables of the image's random place, below it; for an image of
 * up to 2 MiB. A larger one has them at its end: support/build/lds.sh. */
#define KVM_BOOT_ALIAS 4
/* Bytes of stack until core changes to the main stack: a boot takes 0.7 KiB, a
 * crash 1.4 KiB. */
#define KVM_BOOT_STACK 4096

#ifdef __ASSEMBLER__
/*
 * Where x is linked to be, which is where it is loaded: as a constant and for
 * the section that is being written, without an address that would have to be
 * relocated. In .text.boot and .low, whose first labels these are.
 */
#define LINKED(x) (x - _start + KVM_BASE)
#define LINKED_LOW(x) (x - kvm_entry + KVM_LOW + 0x400)
#else

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/plat.h>

/* ---- start.c, entry.S, paging.c -------------------------------------- */

/* C start, called by entry.S on the boot stack, interrupts off. */
UK_NORETURN void kvm_start(uint64_t start_info_pa);

/* True after ukplat_map_commit(): the boot tables are not in use any more,
 * nothing but the image is mapped to itself. */
bool kvm_paging_final(void);

/*
 * How far the image is from where it was loaded, for as long as the boot tables
 * are in use; what lies there is reached at its own address less this.
 */
#ifdef CONFIG_HARDEN_ASLR
#define kvm_slide uk_image_slide
/* Where the window on page tables begins; see layout.h. */
extern uintptr_t kvm_window;
#else
#define kvm_slide ((uintptr_t)0)
#define kvm_window 0xffff800000000000ul
#endif
#define kvm_loaded(x) ((__typeof__(&(x)[0]))((uintptr_t)(x) - kvm_slide))

/*
 * relocate.c, on the boot tables: picks a random place for the image, maps it
 * there, makes its pointers right for it, and returns the slide. Does not
 * return where there is no entropy: status 73.
 */
uintptr_t kvm_relocate(uint64_t start_info_pa);
/* For mitigation shuffle: 32 bytes of the CPU's entropy, or status 73. Stores
 * nothing but them. */
void kvm_shuffle_key(uint32_t key[8]);

/* The boot tables' top, and the 2 MiB pages of the lowest GiB: by
 * kvm_loaded(). They end with kvm_boot_alias. */
extern uint64_t kvm_boot_pml4[512], kvm_boot_pd[512];
extern uint64_t kvm_boot_alias[KVM_BOOT_ALIAS][512];

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

/*
 * nvdimm.c, mitigation hvro: find the nvdimm that holds text and rodata, check
 * it, and say so in bi->hv; ends in ukplat_boot_refuse() if there is none. On
 * the boot tables, after kvm_bootinfo_decode().
 */
#ifdef CONFIG_HARDEN_HVRO
void kvm_nvdimm_find(struct uk_bootinfo *bi);
#else
static inline void kvm_nvdimm_find(struct uk_bootinfo *bi UK_UNUSED)
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
/* Only what is there to be found, wrong or not; nothing is refused. */
void kvm_bootinfo_peek(uint64_t start_info_pa, struct uk_bootinfo *bi);
/* The one. */
extern struct uk_bootinfo kvm_info;

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
