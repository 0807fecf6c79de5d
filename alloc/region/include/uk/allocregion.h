/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <uk/alloc.h>

/* This allocator, for callers that want it although it is not the default
 * one; usable from init class "sched" on. */
struct uk_alloc *uk_allocregion_get(void);
