/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>
#include "mkkit.h"

/*
 * Sections of the image whose parts may stand in any order, and how (log2) the
 * linker script aligns what a library has in each. Everything else stays:
 * tables have an order, thread-local data a template, notes a reader.
 */
static const struct movable {
	const char *name;
	uint8_t align;
} movable[] = {
	{ ".text", 4 }, { ".rodata", 4 }, { ".data", 4 }, { ".bss", 4 },
	{ ".relro", 4 }, { ".roinit", 0 }, { ".roinit.bss", 0 },
};

/* A candidate: part 0 of a zone holds what is aligned to a page. */
struct piece {
	uint32_t zone, part;
	struct object *object;
	struct section *section;
	const Elf64_Shdr *head;
};

static const struct movable *is_movable(const struct build *b,
					const Elf64_Shdr *s)
{
	const char *name = elf_section_name(&b->image, s);

	for (size_t i = 0; i < sizeof(movable) / sizeof(*movable); i++)
		if (!strcmp(name, movable[i].name))
			return &movable[i];
	return NULL;
}

/* The start of an image's text is entered by its address; what moves the others
 * does not move itself, and is the first library of all (lds.sh). */
static bool stays(const struct object *o, const Elf64_Shdr *s)
{
	const char *name = strrchr(o->elf.file.name, '/');

	return !strcmp(elf_section_name(&o->elf, s), ".text.boot") ||
	       (name && !strcmp(name, "/libharden_shuffle.o"));
}

static unsigned int log2_of(const struct object *o, const Elf64_Shdr *s)
{
	unsigned int n = 0;

	while (n <= KIT_MAX_ALIGN && 1ul << n < s->sh_addralign)
		n++;
	if (n > KIT_MAX_ALIGN || s->sh_size > KIT_MAX_SPAN >> 4)
		die(o->elf.file.name, "%s is too large or aligned to more than "
		    "a page", elf_section_name(&o->elf, s));
	return n;
}

/* A zone for each section of the image that has movable pieces: from the end
 * of its entry code to its own end. */
static uint32_t zone_of(struct build *b, const Elf64_Shdr **of,
			const Elf64_Shdr *out)
{
	bool text = out->sh_flags & SHF_EXECINSTR;
	uint32_t i;

	for (i = 0; i < b->n_zones; i++)
		if (of[i] == out)
			return i;
	of[b->n_zones++] = out;
	b->zones[i] = (struct kit_zone) {
		.at = (uint32_t)(out->sh_addr - b->base),
		.len = (uint32_t)out->sh_size,
		.fill = text ? 0xcc : 0,
		.zero = out->sh_type == SHT_NOBITS,
		.align = text && b->gaps ? KIT_MAX_ALIGN :
			 is_movable(b, out)->align,
	};
	return i;
}

static void behind(struct kit_zone *z, uint64_t end)
{
	uint64_t limit = z->at + (uint64_t)z->len;

	if (end > limit || end <= z->at)
		return;
	z->len = (uint32_t)(limit - end);
	z->at = (uint32_t)end;
}

static int order(const void *x, const void *y)
{
	const struct piece *a = x, *b = y;

	if (a->zone != b->zone)
		return a->zone < b->zone ? -1 : 1;
	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	return (a->section->addr > b->section->addr) -
	       (a->section->addr < b->section->addr);
}

static size_t collect(struct build *b, struct piece *p,
		      const Elf64_Shdr **out)
{
	size_t n = 0;

	for (unsigned int i = 0; i < b->n_objects; i++) {
		struct object *o = &b->objects[i];

		for (unsigned int s = 1; s < o->elf.head->e_shnum; s++) {
			struct section *in = &o->in[s];
			const Elf64_Shdr *h = &o->elf.sec[s];
			uint32_t zone;

			if (in->state != FIXED || !is_movable(b, in->out))
				continue;
			zone = zone_of(b, out, in->out);
			if (stays(o, h)) {
				behind(&b->zones[zone],
				       in->addr + h->sh_size - b->base);
				continue;
			}
			in->state = MOVES;
			p[n++] = (struct piece) {
				.zone = zone, .object = o, .section = in,
				.part = log2_of(o, h) == KIT_MAX_ALIGN ? 0 :
					i + 1,
				.head = h,
			};
		}
	}
	return n;
}

/* Zones in the order of their addresses: the kit's reader counts on it. */
static void sort_zones(struct build *b, struct piece *p, size_t n)
{
	for (uint32_t i = 1; i < b->n_zones; i++) {
		for (uint32_t j = i; j && b->zones[j].at < b->zones[j - 1].at;
		     j--) {
			struct kit_zone z = b->zones[j];

			b->zones[j] = b->zones[j - 1];
			b->zones[j - 1] = z;
			for (size_t k = 0; k < n; k++)
				if (p[k].zone == j || p[k].zone == j - 1)
					p[k].zone = 2 * j - 1 - p[k].zone;
		}
	}
}

static void number(struct build *b, struct piece *p, size_t n)
{
	b->pieces = must(calloc(n + 1, sizeof(*b->pieces)));
	b->parts = must(calloc(n + 1, sizeof(*b->parts)));
	b->n_pieces = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		if (!i || p[i].zone != p[i - 1].zone ||
		    p[i].part != p[i - 1].part) {
			b->n_parts++;
			b->zones[p[i].zone].parts++;
		}
		b->parts[b->n_parts - 1].pieces++;
		p[i].section->piece = (uint32_t)i + 1;
		b->pieces[i] = (struct kit_piece) {
			.at = (uint32_t)(p[i].section->addr - b->base),
			.size_align = (uint32_t)p[i].head->sh_size << 4 |
				      log2_of(p[i].object, p[i].head),
		};
	}
}

void piece_all(struct build *b)
{
	const Elf64_Shdr **out;
	struct piece *p;
	size_t most = 0, n;

	for (unsigned int i = 0; i < b->n_objects; i++)
		most += b->objects[i].elf.head->e_shnum;
	p = must(calloc(most + 1, sizeof(*p)));
	out = must(calloc(b->image.head->e_shnum + 1u, sizeof(*out)));
	b->zones = must(calloc(b->image.head->e_shnum + 1u,
			       sizeof(*b->zones)));
	n = collect(b, p, out);
	sort_zones(b, p, n);
	qsort(p, n, sizeof(*p), order);
	number(b, p, n);
	free(p);
	free(out);
}
