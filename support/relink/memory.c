/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>
#include "relink.h"
#include "../build/sum.h"

uint8_t *memory_place(const struct order *o, const Elf64_Phdr *p,
		      uint8_t *memory)
{
	const struct kit_head *h = &o->kit.head;

	if (p->p_type != PT_LOAD || !p->p_filesz)
		return NULL;
	return memory + (p->p_vaddr - h->base);
}

static void check(const struct elf *e, const struct order *o)
{
	const struct kit_head *h = &o->kit.head;

	for (unsigned int i = 0; i < e->head->e_phnum; i++) {
		const Elf64_Phdr *p = &e->seg[i];

		if (p->p_type != PT_LOAD)
			continue;
		if (p->p_vaddr < h->base || p->p_vaddr - h->base > h->span ||
		    p->p_memsz > h->span - (p->p_vaddr - h->base) ||
		    (p->p_filesz && p->p_vaddr - h->base + p->p_filesz >
		     h->loaded))
			die(e->file.name, "a segment is not in the kit's "
			    "range");
	}
	if (image_sum(e) != h->sum)
		die(e->file.name, "the kit %s is for another image",
		    o->file.name);
}

uint8_t *memory_load(const struct elf *e, const struct order *o)
{
	uint8_t *memory = file_room(o->kit.head.loaded), *at;

	check(e, o);
	for (unsigned int i = 0; i < e->head->e_phnum; i++) {
		at = memory_place(o, &e->seg[i], memory);
		if (at)
			memcpy(at, e->file.data + e->seg[i].p_offset,
			       e->seg[i].p_filesz);
	}
	return memory;
}

/* The checksum that plat/kvm/check.S compares, see support/build/sum.c: behind
 * the program headers, where the first segment begins with them. */
static void store_sum(const struct elf *e, uint8_t *out)
{
	size_t at = e->head->e_phoff +
		    e->head->e_phnum * sizeof(Elf64_Phdr);
	uint32_t sum = SUM_BASIS;

	if (!e->head->e_phnum || e->seg[0].p_type != PT_LOAD ||
	    e->seg[0].p_offset != e->head->e_phoff ||
	    e->seg[0].p_filesz < at - e->head->e_phoff + sizeof(sum))
		return;
	for (unsigned int i = 1; i < e->head->e_phnum; i++)
		if (e->seg[i].p_type == PT_LOAD)
			sum = sum_add(sum, out + e->seg[i].p_offset,
				      e->seg[i].p_filesz);
	memcpy(out + at, &sum, sizeof(sum));
}

void memory_store(const struct elf *e, const struct order *o, uint8_t *memory,
		  uint8_t *out)
{
	uint8_t *at;

	for (unsigned int i = 0; i < e->head->e_phnum; i++) {
		at = memory_place(o, &e->seg[i], memory);
		if (at)
			memcpy(out + e->seg[i].p_offset, at,
			       e->seg[i].p_filesz);
	}
	store_sum(e, out);
}

void memory_note(const struct elf *e, const struct seed *seed, uint8_t *out)
{
	static const char key[] = "\nlayout=";
	const Elf64_Shdr *s = e->head->e_shnum ?
		elf_find(e, ".note.redoubt") : NULL;
	char hex[65], *at, *note = s ? (char *)elf_bytes(e, s) : NULL;

	at = s ? memmem(note, s->sh_size, key, sizeof(key) - 1) : NULL;
	if (!at || s->sh_size - (size_t)(at - note) < sizeof(key) - 1 + 64)
		die(e->file.name, "its note has no room for the layout");
	seed_hex(seed->commitment, sizeof(seed->commitment), hex);
	at += sizeof(key) - 1;
	memcpy(out + (at - (char *)e->file.data), hex, 64);
}
