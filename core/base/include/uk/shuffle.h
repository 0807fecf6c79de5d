/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A new order of libraries, functions and data at every boot: what the
 * mitigation `shuffle` gives to a platform. docs/relink.md has the rest.
 */
#pragma once

#include <stdint.h>

/*
 * Put the image in a new order, where it is. The key, 32 bytes of entropy,
 * decides. By the platform, once, before anything was stored in the image's
 * data, on a stack outside of it (uk_shuffle_stack_end). Whoever calls may be
 * elsewhere when this returns: it is called from code that stays (.text.boot).
 */
void uk_shuffle_image(const uint32_t key[8]);
/* Instead of uk_image_relocate(), with what it left: the pointers of the new
 * order right for a place that is `slide` away. */
void uk_shuffle_relocate(uintptr_t slide);

/* Pages of text between libraries, whole ones: bytes from uk_image_start. */
struct uk_shuffle_gap {
	uint32_t at, len;
};
#define UK_SHUFFLE_GAPS 128

/* What was done; for the self-test. */
struct uk_shuffle_done {
	uint32_t pieces;
	uint32_t moved;			/* of them, to another place */
	uint32_t parts;			/* libraries that have text */
	uint32_t n_gaps;
	struct uk_shuffle_gap gap[UK_SHUFFLE_GAPS];
};
extern struct uk_shuffle_done uk_shuffle_done;

/* Behind the image, made by the linker script; not mapped later on. */
extern char uk_shuffle_kit[], uk_shuffle_room[], uk_shuffle_room_end[];
extern char uk_shuffle_stack_end[];
