/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <uk/alloc.h>

/*
 * n random operations on `a`, watched by a model: alignment, room, contents
 * (each block is filled to its usable size, so that any overlap is seen).
 * At most `live` blocks and `bytes` at once. All is freed at the end.
 * Returns how many requests failed.
 */
size_t model_run(struct uk_alloc *a, size_t n, size_t live, size_t bytes);
