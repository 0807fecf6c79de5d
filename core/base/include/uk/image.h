/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image as the linker laid it out: text, rodata, data, roinit, bss, in
 * that order. Start and end are page-aligned; so is every border, unless no
 * rights change there (mitigation wx off).
 * Produced by support/build/lds.sh; the same names on every platform.
 */
#pragma once

extern char uk_image_start[];	/* = uk_image_text_start */
extern char uk_image_text_start[], uk_image_text_end[];		/* R-X */
extern char uk_image_rodata_start[], uk_image_rodata_end[];	/* R-- */
extern char uk_image_data_start[], uk_image_data_end[];		/* RW- */
/* RW- until uk_mem_seal_image(), R-- from then on: UK_RO_AFTER_INIT */
extern char uk_image_roinit_start[], uk_image_roinit_end[];
extern char uk_image_bss_start[], uk_image_bss_end[];		/* RW-, zero */
extern char uk_image_end[];
/* In roinit, aligned to 256: all that follows starts as zero. */
extern char uk_image_zero_start[];

/* Template of the thread-local data: initialised part, then zeroes. */
extern char uk_tls_start[], uk_tls_data_end[], uk_tls_end[];
/* Alignment of the template: the linker script gives it that, and no
 * thread-local object may ask for more. */
#define UK_TLS_ALIGN 16
