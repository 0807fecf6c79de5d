/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of the relink tools: whole in memory; ELF files of 64 bits, of which
 * nothing is believed. */
#pragma once

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* End the program with status 1: "<tool>: <file>: <what>". */
extern const char *tool;
__attribute__((noreturn, format(printf, 2, 3)))
void die(const char *file, const char *fmt, ...);

struct file {
	const char *name;
	uint8_t *data;			/* aligned to 16 */
	size_t size;
};

struct file file_read(const char *name);
/* Write under another name first, then rename. */
void file_write(const char *name, const void *data, size_t size, int mode);
void *must(void *p);			/* of malloc and its like */
/* Zeroed room for a whole image, until the program ends; in large pages where
 * the host has them: most of the time of a small program is page faults. */
void *file_room(size_t size);

/* The view of an ELF file; pointers go into the file. */
struct elf {
	struct file file;
	Elf64_Ehdr *head;
	Elf64_Phdr *seg;		/* head->e_phnum of them */
	Elf64_Shdr *sec;		/* head->e_shnum of them */
	const char *names;		/* of sections */
	size_t names_len;
	Elf64_Sym *sym;			/* n_syms of them; may be none */
	size_t n_syms;
	const char *strings;		/* of symbols */
	size_t strings_len;
	unsigned int symtab;		/* its section, 0: none */
};

/* Checks headers, tables and that everything lies in the file. */
struct elf elf_open(struct file f);
const char *elf_section_name(const struct elf *e, const Elf64_Shdr *s);
const char *elf_symbol_name(const struct elf *e, const Elf64_Sym *s);
/* A section's bytes (not those of SHT_NOBITS). */
uint8_t *elf_bytes(const struct elf *e, const Elf64_Shdr *s);
/* The first section of that name, or NULL. */
Elf64_Shdr *elf_find(const struct elf *e, const char *name);

/* SHA-256 (FIPS 180-4) */
struct sha256 {
	uint32_t state[8];
	uint8_t block[64];
	uint64_t len;
};
void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *data, size_t len);
void sha256_end(struct sha256 *s, uint8_t out[32]);

/* What the loadable segments hold and where, in a number: tells one image
 * from another, by accident, not by intent. */
uint64_t image_sum(const struct elf *e);
