/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the allocator needs from below: target.c in an image, host/os.c in a
 * Linux process. Lengths and addresses are page multiples.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uk/essentials.h>

#define HARD_PAGE 4096ul

/* Address space at a random place with unmapped pages round it; NULL: none. */
void *hard_os_reserve(size_t len);
void hard_os_release(void *at, size_t len);
/* Zeroed memory in part of it; false: there is none. Taken away as it came. */
bool hard_os_commit(void *at, size_t len);
void hard_os_decommit(void *at, size_t len);
/* From a seeded generator or the operating system; cannot fail. */
void hard_os_random(void *buf, size_t len);
/* A request is about to get NULL. */
void hard_os_no_memory(void);
/* Bytes that a heap may come to hold: what regions are scaled by. */
size_t hard_os_memory(void);
/* "ukallochard: <what><which>": the end. */
UK_NORETURN void hard_os_die(const char *what, const char *which);
