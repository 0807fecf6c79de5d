/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of mkkit know of each other.
 *   input.c   the libraries and the linked image; where each section lies
 *   piece.c   which of them move, and in which zone and part
 *   field.c   every relocation: recomputed, compared with the image, kept
 *   pointer.c the pointers of an image that moves
 *   mkkit.c   main, and the kit itself
 */
#pragma once

#include "../../hardening/shuffle/kit.h"
#include "file.h"
#include "map.h"

enum state {
	ABSENT,				/* dropped by the linker, or empty */
	FIXED,				/* in the image, stays where it is */
	MOVES,
	ASIDE,				/* in the file, not in memory */
};

struct section {
	enum state state;
	uint64_t addr;			/* ASIDE: offset in `out` */
	const Elf64_Shdr *out;		/* section of the image */
	uint32_t piece;			/* index in the kit */
};

struct object {
	struct elf elf;
	struct section *in;		/* one for each section header */
};

struct field {
	uint32_t piece, at, target;
	uint8_t kind;
};

struct fields {
	struct field *at;
	size_t n, room;
};

struct build {
	struct elf image;		/* the .dbg twin */
	uint64_t base;
	uint32_t span, loaded;
	bool gaps;			/* of pages, in text */
	struct object *objects;
	unsigned int n_objects;

	struct kit_zone *zones;
	uint32_t n_zones;
	struct kit_part *parts;
	uint32_t n_parts;
	struct kit_piece *pieces;	/* [0] has index 1 */
	uint32_t n_pieces;

	struct fields fields;		/* of the image, sorted */
	struct fields debug;		/* at: offset in the file; ABS64 */
};

void input_read(struct build *b, const char *image, const char *map,
		char **objects, int n);
/* The bytes that the image has at this address, len of them. */
uint8_t *input_image_bytes(const struct build *b, uint64_t addr, uint64_t len);

/* The pointers that an image which moves makes right itself (RELR). */
void pointer_read(const struct build *b);
bool pointer_is(uint64_t addr);
/* Dies unless each of them is a field, and each field of 64 bits is one. */
void pointer_check(const struct build *b);

void piece_all(struct build *b);
void field_all(struct build *b);
