/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the arm64 files of this platform know of each other. Private: nobody
 * outside plat/kvm includes it.
 *
 * Who does what, in the order of a boot:
 *   entry.S    Linux's image header; page tables, the first stack
 *   relocate.c kvm_relocate: the image to a random place (mitigation aslr)
 *   start.c    kvm_start: console, traps, control registers, boot
 *              information, uk_boot_entry; later ukplat_init
 *   paging.c   ukplat_map_*, ukplat_info, registers of devices
 *   the rest   one device or table each; see the prototypes
 */
#pragma once

/*
 * The boot tables lie behind the image, in frames that core may use when they
 * are done with. They map
 *   the 2 MiB that the image begins in, to itself, for the first instructions
 *   the image at KVM_BASE, where it is linked to be: by pages of 2 MiB, all
 *   rights
 *   at KVM_SLOTS pages of 2 MiB, each for what needs a look (KVM_SLOT_*)
 */
#define KVM_TABLE_TOP		0
#define KVM_TABLE_SELF		1	/* and one more: level 1 and 2 */
#define KVM_TABLE_IMAGE		3
#define KVM_TABLE_SLOTS		5
#define KVM_TABLE_ALIAS		7	/* relocate.c: four, for up to 2 MiB */
#define KVM_TABLES		11

#define KVM_SLOTS		0x10000000000
#define KVM_SLOT_SHIFT		21
#define KVM_SLOT_TREE		0	/* device tree: two */
#define KVM_SLOT_UART		2
#define KVM_SLOT_FRAMES		3	/* first frames of the final tables */

/* Where QEMU's machine virt has its console: for what cannot be said before
 * the device tree is read. */
#define KVM_FIRST_UART		0x09000000

/* Bytes of stack until core changes to the main stack; traps have their own,
 * until ukplat_init. */
#define KVM_BOOT_STACK		4096

#ifndef __ASSEMBLER__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/arch/system.h>
#include <uk/arch/trap.h>
#include <uk/bootinfo.h>
#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/plat.h>

#include "fdt.h"
#include "watch.h"

/* ---- start.c, entry.S, paging.c -------------------------------------- */

/* C start, called by entry.S on the boot stack, interrupts off. */
UK_NORETURN void kvm_start(uint64_t tree_pa, uint64_t image_pa);

/* start.c: of the image's first byte. */
extern uint64_t kvm_image_pa;

/* How far the image is from where it is linked to be. */
#ifdef CONFIG_HARDEN_ASLR
#define kvm_slide uk_image_slide
#else
#define kvm_slide ((uintptr_t)0)
#endif

/* Boot table n, where it is linked to be; until ukplat_map_commit(). */
#define kvm_boot_table(n) \
	((uint64_t *)((uintptr_t)uk_image_end - kvm_slide) + (n) * 512)

/*
 * relocate.c, on the boot tables: picks a random place for the image, maps it
 * there, makes its pointers right for it, and returns the slide. Does not
 * return where there is no entropy: status 73.
 */
uintptr_t kvm_relocate(uint64_t tree_pa, uint64_t image_pa);

/* paging.c: look at the 2 MiB of physical memory that hold pa through a slot of
 * the boot tables; returns where pa is. Not after ukplat_map_commit(). */
void *kvm_slot(unsigned int slot, uint64_t pa, bool device);

/*
 * paging.c: registers of a device, in the final tables; NULL: there is no
 * memory for that, or they lie too high. Not before ukplat_map_begin().
 */
volatile void *kvm_device(uint64_t pa, size_t len);

/* ---- boot information ------------------------------------------------- */

/* bootinfo.c: what the device tree told. */
extern struct fdt_facts kvm_fdt;

/*
 * bootinfo.c: check and decode the device tree at tree_pa, on the boot tables;
 * ends in ukplat_boot_refuse() on bad input.
 */
void kvm_bootinfo_decode(uint64_t tree_pa, struct uk_bootinfo *bi);
/* Only what is there to be found, wrong or not; nothing is refused. */
void kvm_bootinfo_peek(uint64_t tree_pa, struct uk_bootinfo *bi);
/* The one. */
extern struct uk_bootinfo kvm_info;

/* entropy.c: what the loader passed; it is wiped elsewhere. */
void kvm_entropy_seed(const void *seed, size_t len);

/* ---- the devices; each in the file of its name ------------------------ */

/* console.c: which UART it is from now on, NULL = none. */
void kvm_console_set(volatile void *uart);
void kvm_console_flush(void);

/*
 * gic.c: the interrupt controller, of version 2 or 3. Negative errno refuses
 * the boot.
 */
int kvm_gic_init(void);
/* Take interrupt `irq`; -EINVAL: there is no such line. */
int kvm_gic_enable(unsigned int irq);
/* The next interrupt, to be ended; KVM_GIC_NONE and more: there is none. */
#define KVM_GIC_NONE 1020u
unsigned int kvm_gic_take(void);
void kvm_gic_end(unsigned int irq);

/*
 * Called by ukplat_init() in this order, after the final tables are in use,
 * interrupts off; it enables them when all returned 0.
 */
int kvm_clock_init(void);
int kvm_irq_init(void);

/* clock.c: interrupt at time `until` (ns), and no more. */
void kvm_timer_set(uint64_t until);
void kvm_timer_stop(void);

/* power.c: was this trap one of those that ask whether there is somebody to
 * stop the machine? Then it goes on behind it. */
bool kvm_power_trap(struct ukarch_trap *t);

#endif
