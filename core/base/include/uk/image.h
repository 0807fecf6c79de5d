/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image as the linker laid it out: text, rodata, data, roinit, bss, in
 * that order. Start and end are page-aligned; so is every border, unless no
 * rights change there (mitigation wx off).
 * Produced by support/build/lds.sh; the same names on every platform.
 */
#pragma once

#include <stdint.h>

extern char uk_image_start[];	/* = uk_image_text_start */
extern char uk_image_text_start[], uk_image_text_end[];		/* R-X */
extern char uk_image_rodata_start[], uk_image_rodata_end[];	/* R-- */
extern char uk_image_data_start[], uk_image_data_end[];		/* RW- */
/* RW- until uk_mem_seal_image(), R-- from then on: UK_RO_AFTER_INIT */
extern char uk_image_roinit_start[], uk_image_roinit_end[];
/*
 * The part of it (no border of a page at its end) that holds constants with
 * addresses: right once the image has moved to its place. Empty in an image
 * that does not move, where they are in rodata. Text and rodata of one that
 * moves hold no address of their own.
 */
extern char uk_image_relro_start[], uk_image_relro_end[];
extern char uk_image_bss_start[], uk_image_bss_end[];		/* RW-, zero */
extern char uk_image_end[];
/* In roinit, aligned to 256: all that follows starts as zero. */
extern char uk_image_zero_start[];

/*
 * Only where the image moves (mitigation aslr): its relocations, in the format
 * RELR, places where an address stands, all as linked; and room for page
 * tables, in an image of more than 2 MiB.
 */
extern const uint64_t uk_image_relr_start[], uk_image_relr_end[];
extern uint64_t uk_image_tables_start[], uk_image_tables_end[];
/*
 * Make all addresses in the image right for a place that is `slide` from where
 * it is linked; it can be written `at` from there now. By the platform, once,
 * before anything has stored an address.
 */
void uk_image_relocate(uintptr_t at, uintptr_t slide);
extern uintptr_t uk_image_slide;	/* as it was told; 0 before */

/* Template of the thread-local data: initialised part, then zeroes. */
extern char uk_tls_start[], uk_tls_data_end[], uk_tls_end[];
/* Alignment of the template: the linker script gives it that, and no
 * thread-local object may ask for more. */
#define UK_TLS_ALIGN 16
