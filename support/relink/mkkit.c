/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * mkkit [-e] [-g] [-d DEBUGKIT] KIT IMAGE.dbg MAP LIB.o...: the relocations of
 * a linked image, from the objects it was linked from and the linker's map.
 * -e: and into the image's section .kit, for an image that does it at boot.
 * -g: text of each library on pages of its own, and an empty one in between.
 * DEBUGKIT is for the .dbg twin: the addresses in its debug information.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "debug.h"
#include "mkkit.h"

const char *tool = "mkkit";

struct out {
	uint8_t *data;
	size_t n, room;
};

static void put(struct out *o, const void *p, size_t n)
{
	if (o->n + n > o->room) {
		o->room = 2 * (o->n + n);
		o->data = must(realloc(o->data, o->room));
	}
	memcpy(o->data + o->n, p, n);
	o->n += n;
}

static void put_number(struct out *o, uint32_t v)
{
	uint8_t b;

	do {
		b = v & 0x7f;
		v >>= 7;
		if (v)
			b |= 0x80;
		put(o, &b, 1);
	} while (v);
}

static uint32_t zigzag(int64_t v)
{
	return (uint32_t)(v < 0 ? -2 * v - 1 : 2 * v);
}

static void put_fields(struct out *o, const struct build *b)
{
	const struct field *f = b->fields.at, *end = f + b->fields.n;

	for (uint32_t piece = 0; piece <= b->n_pieces; piece++) {
		uint32_t n = 0, pos = 0;

		while (f + n < end && f[n].piece == piece)
			n++;
		for (put_number(o, n); n; n--, f++) {
			if (f->at < pos)
				die(b->image.file.name, "two relocations in "
				    "one place");
			put_number(o, (f->at - pos) << 2 | f->kind);
			put_number(o, zigzag((int64_t)f->target - piece));
			pos = f->at + (f->kind == KIT_ABS64 ? 8 : 4);
		}
	}
}

/* Into the image, which puts itself in order. */
static void embed(const struct build *b, const struct out *kit)
{
	const Elf64_Shdr *s = elf_find(&b->image, ".kit");

	if (!s || s->sh_size < kit->n)
		die(b->image.file.name, "has no room for its kit");
	memcpy(elf_bytes(&b->image, s), kit->data, kit->n);
	file_write(b->image.file.name, b->image.file.data, b->image.file.size,
		   0755);
}

static void write_kit(const struct build *b, const char *name, bool inside)
{
	const Elf64_Shdr *relr = elf_find(&b->image, ".relr.dyn");
	struct out o = { 0 }, fields = { 0 };
	struct kit_head h = {
		.magic = KIT_MAGIC, .version = KIT_VERSION,
		.zones = b->n_zones, .parts = b->n_parts,
		.pieces = b->n_pieces, .base = b->base, .span = b->span,
		.loaded = b->loaded, .sum = image_sum(&b->image),
	};

	if (relr) {
		h.relr = (uint32_t)(relr->sh_addr - b->base);
		h.relr_len = (uint32_t)relr->sh_size;
	}
	for (size_t i = 0; i < b->fields.n; i++)
		h.pointers += b->fields.at[i].kind == KIT_ABS64;
	put_fields(&fields, b);
	h.fields = (uint32_t)fields.n;
	put(&o, &h, sizeof(h));
	put(&o, b->zones, b->n_zones * sizeof(*b->zones));
	put(&o, b->parts, b->n_parts * sizeof(*b->parts));
	put(&o, b->pieces, b->n_pieces * sizeof(*b->pieces));
	put(&o, fields.data, fields.n);
	file_write(name, o.data, o.n, 0644);
	if (inside)
		embed(b, &o);
}

static void write_debug(const struct build *b, const char *name)
{
	struct debug_head h = { DEBUG_MAGIC, (uint32_t)b->debug.n };
	struct out o = { 0 };

	put(&o, &h, sizeof(h));
	for (size_t i = 0; i < b->debug.n; i++) {
		struct debug_field f = { b->debug.at[i].at,
					 b->debug.at[i].target };

		put(&o, &f, sizeof(f));
	}
	file_write(name, o.data, o.n, 0644);
}

int main(int argc, char **argv)
{
	const char *debug = NULL;
	bool inside = false;
	struct build b = { 0 };
	int c;

	while ((c = getopt(argc, argv, "d:eg")) != -1 && c != '?') {
		if (c == 'd')
			debug = optarg;
		else if (c == 'g')
			b.gaps = true;
		else
			inside = true;
	}
	if (c != -1 || argc - optind < 4) {
		fputs("usage: mkkit [-e] [-g] [-d DEBUGKIT] KIT IMAGE.dbg MAP "
		      "LIB.o...\n", stderr);
		return 2;
	}
	input_read(&b, argv[optind + 1], argv[optind + 2], argv + optind + 3,
		   argc - optind - 3);
	piece_all(&b);
	field_all(&b);
	write_kit(&b, argv[optind], inside);
	if (debug)
		write_debug(&b, debug);
	return 0;
}
