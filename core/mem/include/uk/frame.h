/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Physical memory in frames of UK_PAGE_SIZE. For page tables and for core/mem
 * itself; libraries ask <uk/vm.h> or <uk/alloc.h>. Not interrupt-safe.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Take n frames in a row (n > 0), aligned to `align` bytes (power of two,
 * >= UK_PAGE_SIZE). Contents undefined. -ENOMEM; *pa is set only on success. */
int uk_frame_alloc(size_t n, size_t align, uint64_t *pa);

/* Give n frames back. They must come from uk_frame_alloc (parts are fine);
 * a frame that is free already, or never was RAM, crashes the image. */
void uk_frame_free(uint64_t pa, size_t n);

struct uk_frame_stats { uint64_t total, free, largest_run; /* frames */ };
void uk_frame_stats(struct uk_frame_stats *st);
