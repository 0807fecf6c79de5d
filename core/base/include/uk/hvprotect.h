/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the hypervisor itself keeps from changing, whatever the guest does to
 * its page tables and control registers.
 *
 * A backend is one file of a platform. Before core starts it finds or asks for
 * memory that the hypervisor holds, makes sure that this memory is the image's
 * text and rodata byte by byte, and fills in uk_bootinfo.hv. Two forms:
 *  - elsewhere: the memory is a copy. core/mem maps text and rodata from
 *    there, and the frames that they were loaded to become free RAM;
 *  - in place: the hypervisor was asked to hold the frames that the image was
 *    loaded to (slots made read-only by a call, where the host has one); pa is
 *    then uk_bootinfo.image_pa, and nothing moves.
 * A backend states what it really guarantees, bit by bit and in a sentence, in
 * its struct uk_hv_backend; the hardening report reads it from the image. The
 * mitigation hvro proves the bits at boot: a bit that it has no proof for fails
 * the boot, so a backend that promises more brings the proof along.
 *
 * Backends: qemu-nvdimm (plat/kvm/nvdimm.c): UK_HV_TEXT.
 */
#pragma once

#include <stdint.h>

/* No store of the guest changes the frames of text and rodata, through
 * whatever mapping: it has no effect, and nobody is told. */
#define UK_HV_TEXT	(1u << 0)
/* ... and somebody is told: the store traps, or ends the image. */
#define UK_HV_TRAPS	(1u << 1)
/* No virtual address of text and rodata can be led to other frames, and no
 * other frame be executed: page tables are out of the guest's reach. */
#define UK_HV_TABLES	(1u << 2)
/* The protection bits of the control registers cannot be cleared. */
#define UK_HV_CONTROL	(1u << 3)

/*
 * One in an image, constant, named uk_hv_backend, in the platform's room; only
 * where the image has the mitigation hvro. No pointers: it is read from the
 * file.
 */
struct uk_hv_backend {
	char name[16];
	char guarantee[176];	/* one sentence, and what it does not cover */
	uint32_t holds;		/* UK_HV_* */
};

/* In the boot information; all zero: nothing is held. */
struct uk_hvprotect {
	/* [pa, pa + len) is [uk_image_text_start, uk_image_rodata_end) as the
	 * hypervisor holds it. Page-aligned; no RAM of the memory map, or the
	 * place of the image itself. */
	uint64_t pa, len;
	const struct uk_hv_backend *by;
};

/* What core/mem was given and put to use; valid from uk_mem_init() on. Only
 * where the image has the mitigation hvro. */
const struct uk_hvprotect *uk_hvprotect(void);
