/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>
#include "file.h"

static bool inside(const struct file *f, uint64_t at, uint64_t len)
{
	return at <= f->size && len <= f->size - at;
}

static void *table(const struct file *f, uint64_t at, uint64_t n, uint64_t each,
		   const char *what)
{
	if (n > f->size || !inside(f, at, n * each) || at % 8)
		die(f->name, "the %s are not in the file", what);
	return f->data + at;
}

uint8_t *elf_bytes(const struct elf *e, const Elf64_Shdr *s)
{
	if (s->sh_type == SHT_NOBITS || !inside(&e->file, s->sh_offset,
						s->sh_size))
		die(e->file.name, "a section is not in the file");
	return e->file.data + s->sh_offset;
}

static const char *strings(const struct elf *e, unsigned int section,
			   size_t *len)
{
	const char *p;

	if (section >= e->head->e_shnum)
		die(e->file.name, "names in no section");
	p = (const char *)elf_bytes(e, &e->sec[section]);
	*len = e->sec[section].sh_size;
	if (!*len || p[*len - 1])
		die(e->file.name, "names without an end");
	return p;
}

static const char *name_at(const struct elf *e, const char *names, size_t len,
			   size_t at)
{
	if (at >= len)
		die(e->file.name, "a name is not in the file");
	return names + at;
}

const char *elf_section_name(const struct elf *e, const Elf64_Shdr *s)
{
	return name_at(e, e->names, e->names_len, s->sh_name);
}

const char *elf_symbol_name(const struct elf *e, const Elf64_Sym *s)
{
	return name_at(e, e->strings, e->strings_len, s->st_name);
}

Elf64_Shdr *elf_find(const struct elf *e, const char *name)
{
	for (unsigned int i = 1; i < e->head->e_shnum; i++)
		if (!strcmp(elf_section_name(e, &e->sec[i]), name))
			return &e->sec[i];
	return NULL;
}

static void find_symbols(struct elf *e)
{
	for (unsigned int i = 1; i < e->head->e_shnum; i++) {
		const Elf64_Shdr *s = &e->sec[i];

		if (s->sh_type != SHT_SYMTAB)
			continue;
		e->symtab = i;
		e->n_syms = s->sh_size / sizeof(Elf64_Sym);
		e->sym = table(&e->file, s->sh_offset, e->n_syms,
			       sizeof(Elf64_Sym), "symbols");
		e->strings = strings(e, s->sh_link, &e->strings_len);
	}
}

struct elf elf_open(struct file f)
{
	struct elf e = { .file = f, .head = (Elf64_Ehdr *)f.data };

	if (f.size < sizeof(Elf64_Ehdr) ||
	    memcmp(f.data, ELFMAG, SELFMAG) ||
	    e.head->e_ident[EI_CLASS] != ELFCLASS64 ||
	    e.head->e_machine != EM_X86_64)
		die(f.name, "not an ELF file for x86_64");
	if ((e.head->e_phnum && e.head->e_phentsize != sizeof(Elf64_Phdr)) ||
	    (e.head->e_shnum && e.head->e_shentsize != sizeof(Elf64_Shdr)))
		die(f.name, "headers of an unknown size");
	e.seg = table(&f, e.head->e_phoff, e.head->e_phnum, sizeof(Elf64_Phdr),
		      "program headers");
	e.sec = table(&f, e.head->e_shoff, e.head->e_shnum, sizeof(Elf64_Shdr),
		      "section headers");
	for (unsigned int i = 0; i < e.head->e_phnum; i++)
		if (!inside(&f, e.seg[i].p_offset, e.seg[i].p_filesz) ||
		    e.seg[i].p_filesz > e.seg[i].p_memsz ||
		    e.seg[i].p_vaddr + e.seg[i].p_memsz < e.seg[i].p_vaddr)
			die(f.name, "a segment is not in the file");
	if (e.head->e_shnum) {
		e.names = strings(&e, e.head->e_shstrndx, &e.names_len);
		find_symbols(&e);
	}
	return e;
}

/* FNV-1a of 64 bits, by words. */
static uint64_t add(uint64_t sum, const uint8_t *p, size_t n)
{
	uint64_t w;

	for (; n >= 8; n -= 8, p += 8) {
		memcpy(&w, p, 8);
		sum = (sum ^ w) * 0x100000001b3;
	}
	while (n--)
		sum = (sum ^ *p++) * 0x100000001b3;
	return sum;
}

uint64_t image_sum(const struct elf *e)
{
	uint64_t sum = 0xcbf29ce484222325, skip;

	for (unsigned int i = 0; i < e->head->e_phnum; i++) {
		const Elf64_Phdr *p = &e->seg[i];
		uint64_t place[] = { p->p_vaddr, p->p_filesz, p->p_memsz };

		if (p->p_type != PT_LOAD)
			continue;
		sum = add(sum, (const uint8_t *)place, sizeof(place));
		/* Stripping changes offsets in the program headers. */
		skip = p->p_offset == e->head->e_phoff ?
			e->head->e_phnum * sizeof(*p) : 0;
		if (skip > p->p_filesz)
			die(e->file.name, "program headers cut off");
		sum = add(sum, e->file.data + p->p_offset + skip,
			  p->p_filesz - skip);
	}
	return sum;
}
