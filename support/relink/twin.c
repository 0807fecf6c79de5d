/* SPDX-License-Identifier: BSD-3-Clause */
/* The .dbg twin of a relinked image: its symbols and its debug information say
 * where things are now. Nothing that runs depends on it. */
#include <stdlib.h>
#include <string.h>
#include "debug.h"
#include "relink.h"

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

/* uk_<library>_<kind>_start, and the _end that belongs to it */
static const Elf64_Sym *end_of_part(const struct elf *e, const char *start)
{
	static const char *const kinds[] = { "_text", "_rodata", "_relro",
					     "_data", "_bss" };
	size_t stem = strlen(start) - strlen("start");
	const char *name;
	char *part;
	bool known = false;

	if (strncmp(start, "uk_", 3) || !strncmp(start, "uk_image_", 9))
		return NULL;
	part = must(strndup(start, stem - 1));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		known |= ends_with(part, kinds[i]);
	free(part);
	for (size_t i = 1; known && i < e->n_syms; i++) {
		name = elf_symbol_name(e, &e->sym[i]);
		if (!strncmp(name, start, stem) && !strcmp(name + stem, "end"))
			return &e->sym[i];
	}
	return NULL;
}

static void set(const struct elf *e, const Elf64_Sym *s, uint64_t value,
		uint8_t *out)
{
	out += (const uint8_t *)&s->st_value - e->file.data;
	memcpy(out, &value, sizeof(value));
}

/* A library's part has new borders: those of what was between the old. */
static void move_part(const struct elf *e, const struct order *o,
		      const Elf64_Sym *start, uint8_t *done, uint8_t *out)
{
	const Elf64_Sym *end = end_of_part(e, elf_symbol_name(e, start));
	uint64_t low = UINT64_MAX, high = 0, base = o->kit.head.base;

	if (!end)
		return;
	for (uint32_t i = 1; i <= o->kit.head.pieces; i++) {
		const struct kit_piece *p = &o->kit.pieces[i - 1];
		uint64_t old = base + p->at, new = base + o->to[i];

		if (old < start->st_value || old >= end->st_value ||
		    (p->size_align & 15) == KIT_MAX_ALIGN)
			continue;
		low = new < low ? new : low;
		high = new + KIT_SIZE(p) > high ? new + KIT_SIZE(p) : high;
	}
	if (low < high) {
		set(e, start, low, out);
		set(e, end, high, out);
	}
	done[start - e->sym] = done[end - e->sym] = 1;
}

void twin_symbols(const struct elf *e, const struct order *o, uint8_t *out)
{
	uint8_t *done = must(calloc(1, e->n_syms + 1));
	uint32_t *index = order_sorted(o), piece;
	uint64_t base = o->kit.head.base;

	for (size_t i = 1; i < e->n_syms; i++)
		if (ends_with(elf_symbol_name(e, &e->sym[i]), "_start"))
			move_part(e, o, &e->sym[i], done, out);
	for (size_t i = 1; i < e->n_syms; i++) {
		const Elf64_Sym *s = &e->sym[i];
		const char *name = elf_symbol_name(e, s);

		if (done[i] || s->st_shndx == SHN_UNDEF ||
		    s->st_shndx >= e->head->e_shnum ||
		    !(e->sec[s->st_shndx].sh_flags & SHF_ALLOC) ||
		    e->sec[s->st_shndx].sh_flags & SHF_TLS ||
		    ELF64_ST_TYPE(s->st_info) == STT_SECTION ||
		    (ELF64_ST_TYPE(s->st_info) == STT_NOTYPE &&
		     (!strncmp(name, "uk_image_", 9) ||
		      !strncmp(name, "uk_spare_", 9))))
			continue;
		piece = order_piece(o, index, s->st_value - base);
		if (piece)
			set(e, s, s->st_value + o->to[piece] -
			    o->kit.pieces[piece - 1].at, out);
	}
	free(index);
	free(done);
}

void twin_debug(const struct elf *e, const struct order *o,
		const char *debugkit, uint8_t *out)
{
	struct file f = file_read(debugkit);
	const struct debug_head *h = (void *)f.data;
	const struct debug_field *d = (void *)(h + 1);
	uint64_t v;

	if (f.size < sizeof(*h) || h->magic != DEBUG_MAGIC ||
	    f.size - sizeof(*h) != h->fields * sizeof(*d))
		die(debugkit, "not a kit for debug information");
	for (uint32_t i = 0; i < h->fields; i++) {
		if (e->file.size < 8 || d[i].at > e->file.size - 8 ||
		    !d[i].piece || d[i].piece > o->kit.head.pieces)
			die(debugkit, "a field is outside of %s", e->file.name);
		memcpy(&v, out + d[i].at, 8);
		v += (uint64_t)o->to[d[i].piece] -
		     o->kit.pieces[d[i].piece - 1].at;
		memcpy(out + d[i].at, &v, 8);
	}
}
