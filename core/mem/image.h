/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames of the image. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Does [pa, pa + len) touch a frame of the image? */
bool mem_image_touches(uint64_t pa, uint64_t len);
