/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Machines of this CPU that start a PVH image in ring 0, and hand it page
 * tables and control registers of its own: what they have in common. A platform
 * takes these files into its library and adds its devices. Private to plat/.
 *
 *   entry.S     32-bit PVH entry -> long mode on the boot tables
 *   relocate.c  pvh_relocate: the image to a random place (mitigation aslr)
 *   start.c     pvh_start: console, traps, control registers, FPU, boot
 *               information, uk_boot_entry
 *   window.c    memory on the boot tables, for what decodes boot information
 *   pvh.c       the start-info; seed.c: entropy on the command line
 *   space.c     ukplat_map_*, ukplat_info; paging.c: until it is in use
 *   watch.c     mitigation cpu
 *   flags.c     interrupts on and off; refuse.c, entropy.c
 *
 * The platform's makefile says PVH_BASE, where the image is linked to be, and
 * the linker where .low.bss is, below it.
 */
#pragma once

#include <uk/arch/system.h>

/*
 * Until ukplat_map_commit() the boot tables map [0, PVH_BOOT_MAP_END), or as
 * far as the image goes, to itself, readable and writable. To look elsewhere,
 * entries of pvh_boot_pd from PVH_BOOT_FREE on may be set: window.c takes
 * them from below, paging.c the last one, a platform the one before that.
 */
#define PVH_BOOT_MAP_END UKARCH_BIT(26)
#define PVH_BOOT_FREE 448
/* Frames for the tables of the image's random place, below it; for an image of
 * up to 2 MiB. A larger one has them at its end: support/build/lds.sh. */
#define PVH_BOOT_ALIAS 4
/* Bytes of stack until core changes to the main stack: a boot takes 0.7 KiB, a
 * crash 1.4 KiB. */
#define PVH_BOOT_STACK 4096

#ifdef __ASSEMBLER__
/*
 * Where x is linked to be, which is where it is loaded: as a constant and for
 * the section that is being written, without an address that would have to be
 * relocated. In .text.boot, whose first label this is.
 */
#define LINKED(x) (x - _start + PVH_BASE)
#else

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/plat.h>

#include "pvh.h"
#include "watch.h"

/* ---- what the platform provides ---------------------------------------- */

/* Make the console usable. First call of all; no trap handler yet. */
void pvh_console_init(void);
/*
 * The start-info was decoded, well or not: find what is needed to stop the
 * machine, and what else the view shows. On the boot tables.
 */
void pvh_found(const struct pvh_view *mem, struct uk_bootinfo *bi);
/* It was decoded well; the last call on the boot tables. */
void pvh_ready(struct uk_bootinfo *bi);

/* In 32-bit code without a stack: say the text at esi, and stop with
 * UK_EXIT_BOOT: pvh_low_refuse. The texts: pvh_mode_message (no long mode),
 * pvh_large_message (the image is). */

/* ---- start.c, entry.S, paging.c, window.c ------------------------------ */

/* C start, called by entry.S on the boot stack, interrupts off. */
UK_NORETURN void pvh_start(uint64_t start_info_pa);
/* For ukplat_init(): guarded stacks for traps. 0 or -ENOMEM. */
int pvh_trap_stacks(void);
/* What is left for ukplat_map_commit() to do. */
void pvh_map_commit(void);

/* True after ukplat_map_commit(): the boot tables are not in use any more,
 * nothing but the image is mapped to itself. */
bool pvh_paging_final(void);
/* After that: map a frame that is no RAM, writable, for good. NULL: no memory.
 * It lies where the page tables do. */
void *pvh_window_map(uint64_t pa);

/*
 * Check and decode the PVH start-info at start_info_pa, on the boot tables;
 * ends in ukplat_boot_refuse() on bad input.
 */
void pvh_bootinfo_decode(uint64_t start_info_pa, struct uk_bootinfo *bi);
/* Only what is there to be found, wrong or not; nothing is refused. */
void pvh_bootinfo_peek(uint64_t start_info_pa, struct uk_bootinfo *bi);
/* The one. */
extern struct uk_bootinfo pvh_info;

/*
 * len (up to 2 MiB) bytes of physical memory below 4 GiB through the boot
 * tables; NULL = out of reach. Not after ukplat_map_commit().
 */
void *pvh_boot_window(uint64_t pa, size_t len);

/*
 * How far the image is from where it was loaded, for as long as the boot tables
 * are in use; what lies there is reached at its own address less this.
 */
#ifdef CONFIG_HARDEN_ASLR
#define pvh_slide uk_image_slide
#else
#define pvh_slide ((uintptr_t)0)
#endif
#define pvh_loaded(x) ((__typeof__(&(x)[0]))((uintptr_t)(x) - pvh_slide))

/*
 * relocate.c, on the boot tables: picks a random place for the image, maps it
 * there, makes its pointers right for it, and returns the slide. Does not
 * return where there is no entropy: status 73.
 */
uintptr_t pvh_relocate(uint64_t start_info_pa);
/* For mitigation shuffle: 32 bytes of the CPU's entropy, or status 73. Stores
 * nothing but them. */
void pvh_shuffle_key(uint32_t key[8]);

/* The boot tables' top, and the 2 MiB pages of the lowest GiB: by
 * pvh_loaded(). They end with pvh_boot_alias. */
extern uint64_t pvh_boot_pml4[512], pvh_boot_pd[512];
extern uint64_t pvh_boot_alias[PVH_BOOT_ALIAS][512];

#endif
