/* SPDX-License-Identifier: BSD-3-Clause */
/* What is drawn before core draws: pure, for the tests as well. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/draw.h>

/* The image, above everything that a null pointer and an index reach, and so
 * that one table of 2 MiB entries covers it: 34.8 bits. */
#define PVH_IMAGE_LOWEST (1ul << 44)
#define PVH_IMAGE_HIGHEST (1ul << 47)
#define PVH_IMAGE_SLOT (1ul << 30)

/* The window on page tables, in the upper half: 30 bits. Aligned as the runs
 * of frames for tables are, so that no run straddles two tables. */
#define PVH_WINDOW_LOWEST 0xffff800000000000ul
#define PVH_WINDOW_LEN (1ul << 46)	/* highest frame for a table */
#define PVH_WINDOW_ALIGN (1ul << 16)

struct pvh_layout {
	uintptr_t image, window;
};

/* Draw for an image of len bytes (whole pages, less than PVH_IMAGE_SLOT). */
struct pvh_layout pvh_layout_draw(struct uk_draw *d, size_t len);
