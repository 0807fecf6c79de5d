/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this platform know of each other. Private: nobody outside
 * plat/linuxu includes it.
 *
 *   entry.S    _start: thread pointer, stack -> linuxu_start
 *   move.c     the image to a random place (mitigation aslr)
 *   start.c    the order: traps, boot information, uk_boot_entry; ukplat_init
 *   args.c     arguments and environment into boot information (pure)
 *   memory.c   RAM is a file in memory; mapping
 *   maps.c     reads /proc/self/maps (pure); query.c asks it
 *   the rest   one service of the host each
 *
 * "Physical" addresses: RAM is at LINUXU_RAM_PA, the image at LINUXU_IMAGE_PA.
 * No host address is meant, and none can be made out of them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/essentials.h>

#define LINUXU_RAM_PA 0x100000000ull
#define LINUXU_IMAGE_PA 0x1000ull
/* Frames of neither RAM nor image (vdso, the host's stack) are told apart by
 * their virtual address above this. */
#define LINUXU_HOST_PA (1ull << 52)

#define LINUXU_MEM_DEFAULT (64ull << 20)
#define LINUXU_MEM_MAX (1ull << 40)

/* ---- move.c ------------------------------------------------------------ */

/* Copy the image, as it was loaded, to a random place; returns how far that
 * is. Does not return where there is no entropy. From the copy, once it runs:
 * unmap the one that the kernel loaded, which is at `old`. */
uintptr_t linuxu_move(void);
void linuxu_leave(uintptr_t old);

/* ---- args.c ------------------------------------------------------------ */

/*
 * Write arguments as a boot command line, with blanks between them. An
 * argument goes as it is (quotes and backslashes mean what they mean on any
 * boot command line), but for one that is empty or has blanks in it: that is
 * put into double quotes, to stay one word. Returns the length; the line and
 * its NUL fit `size` bytes. -E2BIG if not; buf is not touched beyond size.
 */
long linuxu_args_join(char *const *argv, size_t n, char *buf, size_t size);

/* "64M", "1200K", "2G"; a bare number counts MiB, as QEMU's -m does. Bytes,
 * or 0: not a size, none at all or more than LINUXU_MEM_MAX. */
uint64_t linuxu_size_parse(const char *s);

/* ---- memory.c ---------------------------------------------------------- */

/* Create RAM of so many bytes; refuses the boot if the host has it not. */
void linuxu_ram_init(uint64_t bytes);
/* Does [pa, pa + len) lie in RAM? */
bool linuxu_ram_holds(uint64_t pa, uint64_t len);

/* ---- maps.c ------------------------------------------------------------ */

/* One line of /proc/<pid>/maps. */
struct linuxu_map {
	uintptr_t start, end;
	unsigned int rights;	/* UK_MEM_* */
	uint64_t offset;	/* in the file */
	uint64_t device, inode;	/* of the file: device is major << 32 | minor */
};

/* A parser that is fed in pieces. Start with all zero. */
struct linuxu_maps {
	struct linuxu_map line;
	uint64_t major;
	unsigned int field;	/* of the line */
	bool broken;		/* the line is not of the known form */
	bool done;		/* it has ended, the next one begins */
};

/* Take one more character. true: p->line is complete (and valid until the next
 * call). Lines that are not understood are passed over. */
bool linuxu_maps_feed(struct linuxu_maps *p, char c);

/* ---- query.c ----------------------------------------------------------- */

/* Remember by which device and inode the maps name RAM. 0 or -errno. */
int linuxu_query_init(int ram_fd);

/* ---- signal.c ---------------------------------------------------------- */

/* Traps go to uk_trap_dispatch from now on; on the running stack. */
void linuxu_signal_init(void);
/* From now on, on a guarded stack of their own. 0 or -ENOMEM. */
int linuxu_signal_stack(size_t frame_len);

/* ---- exit.c ------------------------------------------------------------ */

/* Write to standard error; never fails. */
void linuxu_complain(const char *buf, size_t len);
