/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of relink know of each other.
 *   relink.c    main: options, the order of the work
 *   seed.c      from a seed to a key and to what may be known of it
 *   memory.c    an image's segments in memory and back, its checksum
 *   stray.c     forbidden bytes that an order has put together
 *   order.c     which piece something was in
 *   relr.c      the list of pointers of an image that moves
 *   twin.c      symbols and debug information of a .dbg twin
 *   layout.c    the list of what went where
 */
#pragma once

#include "../../hardening/shuffle/shuffle.h"
#include "file.h"

/* An order: where each piece of the kit goes. */
struct order {
	struct shuffle_kit kit;
	struct file file;		/* the kit's */
	uint32_t *to;			/* kit.head.pieces + 1 */
};

/* The indices of all pieces, by where they were; to be freed. */
uint32_t *order_sorted(const struct order *o);
/* The piece that held what was at this place; one that only ended there will
 * do. 0: none. */
uint32_t order_piece(const struct order *o, const uint32_t *sorted,
		     uint64_t at);

struct seed {
	uint8_t key[32];
	uint8_t commitment[32];		/* tells nothing else about the seed */
};

/* Of len bytes, for the nr'th deployment. */
struct seed seed_from(const void *bytes, size_t len, uint64_t nr);
/* 32 bytes of the host's, as text in hex. */
void seed_draw(char hex[65]);
void seed_hex(const uint8_t *p, size_t n, char *out);

/*
 * The image is read from `e` and written to `out`, a copy of its file: nothing
 * that was checked is changed, whatever overlaps in the file.
 */

/* All loaded bytes from the kit's base on; dies if it is another image. */
uint8_t *memory_load(const struct elf *e, const struct order *o);
/* Where the file's bytes of a segment belong in memory, NULL if it has none;
 * memory_load() has compared everything with the kit. */
uint8_t *memory_place(const struct order *o, const Elf64_Phdr *p,
		      uint8_t *memory);
/* Places that have the bytes of a forbidden instruction. */
size_t stray_count(const struct elf *e, const struct order *o,
		   uint8_t *memory);
void memory_store(const struct elf *e, const struct order *o, uint8_t *memory,
		  uint8_t *out);
/* Put the commitment into the image's note. */
void memory_note(const struct elf *e, const struct seed *seed, uint8_t *out);

/* Rewrite RELR in the new memory, from the old: pointers are elsewhere. */
void relr_move(const struct order *o, const uint8_t *old, uint8_t *memory);
void twin_symbols(const struct elf *e, const struct order *o, uint8_t *out);
void twin_debug(const struct elf *e, const struct order *o,
		const char *debugkit, uint8_t *out);

void layout_write(const struct order *o, const struct seed *seed,
		  const char *name);
/* The kit for the new image. */
void layout_kit(const struct order *o, const struct elf *e, const uint8_t *out,
		const char *name);
