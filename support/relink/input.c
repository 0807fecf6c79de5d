/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>
#include "mkkit.h"

uint8_t *input_image_bytes(const struct build *b, uint64_t addr, uint64_t len)
{
	for (unsigned int i = 0; i < b->image.head->e_phnum; i++) {
		const Elf64_Phdr *p = &b->image.seg[i];

		if (p->p_type == PT_LOAD && addr >= p->p_vaddr &&
		    addr - p->p_vaddr <= p->p_filesz &&
		    len <= p->p_filesz - (addr - p->p_vaddr))
			return b->image.file.data + p->p_offset +
			       (addr - p->p_vaddr);
	}
	die(b->image.file.name, "nothing is loaded to %#lx", addr);
}

static void extent(struct build *b)
{
	const Elf64_Shdr *kit = elf_find(&b->image, ".kit");
	uint64_t low = UINT64_MAX, high = 0, loaded = 0;

	for (unsigned int i = 0; i < b->image.head->e_phnum; i++) {
		const Elf64_Phdr *p = &b->image.seg[i];
		uint64_t end = p->p_vaddr + p->p_memsz;

		if (p->p_type != PT_LOAD)
			continue;
		low = p->p_vaddr < low ? p->p_vaddr : low;
		high = end > high ? end : high;
		end = p->p_vaddr + p->p_filesz;
		if (kit && p->p_vaddr >= kit->sh_addr)
			continue;	/* the image's own kit, behind it */
		loaded = p->p_filesz && end > loaded ? end : loaded;
	}
	if (low >= high || high - low > KIT_MAX_SPAN || loaded <= low)
		die(b->image.file.name, "no segment, or some too far away");
	b->base = low;
	b->span = (uint32_t)(high - low);
	b->loaded = (uint32_t)(loaded - low);
}

/* The image's section that holds one of an object: by address, or by name
 * where it has no address. */
static const Elf64_Shdr *find_out(const struct build *b, const Elf64_Shdr *in,
				  const struct placed *at)
{
	const struct elf *e = &b->image;

	for (unsigned int i = 1; i < e->head->e_shnum; i++) {
		const Elf64_Shdr *s = &e->sec[i];
		uint64_t start = in->sh_flags & SHF_ALLOC ? s->sh_addr : 0;

		if ((s->sh_flags ^ in->sh_flags) & (SHF_ALLOC | SHF_TLS))
			continue;
		if (!(in->sh_flags & SHF_ALLOC) &&
		    strcmp(elf_section_name(e, s), at->section))
			continue;
		if (at->addr >= start && at->addr - start < s->sh_size &&
		    at->size <= s->sh_size - (at->addr - start))
			return s;
	}
	return NULL;
}

static void place(const struct build *b, struct object *o, unsigned int nr,
		  const struct map *map)
{
	const Elf64_Shdr *s = &o->elf.sec[nr];
	const char *name = elf_section_name(&o->elf, s), *file;
	const struct placed *at;
	size_t nth = 0;

	for (unsigned int i = 1; i < nr; i++)
		nth += !strcmp(elf_section_name(&o->elf, &o->elf.sec[i]), name);
	file = o->elf.file.name;
	at = map_find(map, file, name, nth);
	if (!at || !s->sh_size)
		return;
	if (at->size != s->sh_size)
		die(file, "%s has %#lx bytes, in the image %#lx: merged or "
		    "relaxed?", name, s->sh_size, at->size);
	o->in[nr].out = find_out(b, s, at);
	if (!o->in[nr].out)
		die(file, "%s is at no place of the image", name);
	o->in[nr].addr = at->addr;
	o->in[nr].state = s->sh_flags & SHF_ALLOC ? FIXED : ASIDE;
}

/* Sections that hold something for the image or say where something is. */
static bool matters(const struct elf *e, const Elf64_Shdr *s)
{
	if (s->sh_flags & SHF_ALLOC)
		return true;
	return s->sh_type == SHT_PROGBITS && !(s->sh_flags & SHF_MERGE) &&
	       !strncmp(elf_section_name(e, s), ".debug_", 7);
}

/* What the linker made itself is not understood, with two exceptions: the list
 * of pointers of an image that moves, and the table of addresses, of which
 * field.c knows every entry. */
static bool is_known(const struct elf *e, const Elf64_Shdr *s)
{
	const char *name = elf_section_name(e, s);
	const uint8_t *p;

	if (!strcmp(name, ".relr.dyn") || !strcmp(name, ".got"))
		return true;
	if (s->sh_type == SHT_NOBITS)
		return true;
	/* Room for gaps alone */
	p = elf_bytes(e, s);
	for (uint64_t i = 0; i < s->sh_size; i++)
		if (p[i])
			return false;
	return true;
}

static void check_origin(const struct build *b)
{
	const struct elf *e = &b->image;

	for (unsigned int i = 1; i < e->head->e_shnum; i++) {
		bool known = !(e->sec[i].sh_flags & SHF_ALLOC) ||
			     !e->sec[i].sh_size ||
			     is_known(e, &e->sec[i]);

		for (unsigned int o = 0; o < b->n_objects && !known; o++)
			for (unsigned int s = 1; s < b->objects[o].elf.head->
			     e_shnum && !known; s++)
				known = b->objects[o].in[s].out == &e->sec[i];
		if (!known)
			die(e->file.name, "section %s comes from no object",
			    elf_section_name(e, &e->sec[i]));
	}
}

void input_read(struct build *b, const char *image, const char *map_name,
		char **objects, int n)
{
	struct map map = map_read(map_name);

	b->image = elf_open(file_read(image));
	extent(b);
	b->n_objects = (unsigned int)n;
	b->objects = must(calloc((size_t)n, sizeof(*b->objects)));
	for (int i = 0; i < n; i++) {
		struct object *o = &b->objects[i];

		o->elf = elf_open(file_read(objects[i]));
		o->in = must(calloc(o->elf.head->e_shnum, sizeof(*o->in)));
		for (unsigned int s = 1; s < o->elf.head->e_shnum; s++)
			if (matters(&o->elf, &o->elf.sec[s]))
				place(b, o, s, &map);
	}
	check_origin(b);
}
