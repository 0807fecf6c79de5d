/* SPDX-License-Identifier: BSD-3-Clause */
/* What is drawn before core draws: pure, for the tests as well. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/config.h>
#include <uk/draw.h>

/* The image, above everything that a null pointer and an index reach, and so
 * that one table of 2 MiB entries covers it: 34.8 bits. */
#define PLAT_IMAGE_LOWEST (1ul << 44)
#define PLAT_IMAGE_HIGHEST (1ul << 47)
#define PLAT_IMAGE_SLOT (1ul << 30)

/* The window on page tables, in the upper half (arm64: of the one address space
 * that is in use): 30 bits. Aligned as the runs of frames for tables are, so
 * that no run straddles two tables. */
#ifdef __aarch64__
#define PLAT_WINDOW_LOWEST (1ul << 47)
#else
#define PLAT_WINDOW_LOWEST 0xffff800000000000ul
#endif
#define PLAT_WINDOW_LEN (1ul << 46)	/* highest frame for a table */
#define PLAT_WINDOW_ALIGN (1ul << 16)

/*
 * Core's range begins far enough from 0 that no null pointer with an index
 * reaches it; without that promise it shares the image's tables.
 */
#ifdef CONFIG_HARDEN_NULL
#define PLAT_VA_START	0x100000000000ul
#else
#define PLAT_VA_START	0x20000000ul
#endif
#define PLAT_VA_END	0x7ffffffff000ul

struct plat_layout {
	uintptr_t image, window;
};

/* Draw for an image of len bytes (whole pages, less than PLAT_IMAGE_SLOT). */
struct plat_layout plat_layout_draw(struct uk_draw *d, size_t len);
