/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The relocation table beside an image: what lies where, what may move, and
 * every field that holds an address. Written by support/relink/mkkit, read by
 * support/relink/relink and by the image itself at boot.
 *
 * In this order, numbers little-endian, addresses as offsets from `base`:
 *	struct kit_head
 *	struct kit_zone  [zones]	an area that nothing leaves
 *	struct kit_part  [parts]	a library's share of a zone, in turn
 *	struct kit_piece [pieces]	a function or object, part by part
 *	fields				`fields` bytes, see below
 *
 * A piece moves as a whole inside its zone. Whatever moves not (tables that
 * have an order, entry code, borders of segments, address 0) belongs together
 * to piece 0, which is not in the array: the first in it has index 1.
 *
 * Fields: for each piece from 0 on, their number, and for each field in
 * ascending order a number (distance from the end of the one before it << 2 |
 * kind) and the piece that it points to (index less that of the piece that it
 * is in, zigzag). All are LEB128 without sign. What a field points to inside
 * the piece does not matter: it changes by as much as the piece moves.
 */
#pragma once

#include <stdint.h>

#define KIT_MAGIC 0x54494b52u		/* "RKIT" */
#define KIT_VERSION 1u

/* What fits in 31 bits is enough for the small code model. */
#define KIT_MAX_SPAN 0x7fffffffu
#define KIT_MAX_ALIGN 12u		/* log2: a page */

struct kit_head {
	uint32_t magic, version;
	uint32_t zones, parts, pieces, fields;
	uint32_t pointers, reserved;	/* fields of 64 bits */
	uint64_t base;
	uint32_t span;			/* bytes from base to the image's end */
	uint32_t loaded;		/* of these, to the file's end */
	uint32_t relr, relr_len;	/* RELR, if the image moves; else 0 */
	uint64_t sum;			/* of the image that this is for */
};

struct kit_zone {
	uint32_t at, len;
	uint32_t parts;
	uint8_t fill;			/* between pieces */
	uint8_t zero;			/* 1: not in the file, starts as zero */
	uint8_t align;			/* log2, of each part's start; of pages:
					 * an empty one before each */
	uint8_t reserved;
};

struct kit_part {
	uint32_t pieces;
};

struct kit_piece {
	uint32_t at;
	uint32_t size_align;		/* size << 4 | log2 of the alignment */
};

#define KIT_SIZE(p) ((p)->size_align >> 4)
#define KIT_ALIGN(p) (1u << ((p)->size_align & 15))

enum kit_kind {
	KIT_PC32,			/* distance from the field, signed */
	KIT_ABS32,			/* zero-extended */
	KIT_ABS32S,			/* sign-extended */
	KIT_ABS64,
};
