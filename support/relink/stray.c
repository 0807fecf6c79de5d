/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bytes of instructions that change what protects, at any offset of what is
 * executable: those that support/report/forbidden.py looks for, where the
 * image claims `bytes`. Who may have them the kit does not know; but those
 * move as they are, and a new order must not have more: the distance between
 * two functions can spell one.
 */
#include <string.h>
#include "relink.h"

static bool is_one(const uint8_t *p)
{
	unsigned int middle = p[2] >> 3 & 7;

	switch (p[1]) {
	case 0x01:			/* wrpkru, xsetbv */
		return p[2] == 0xef || p[2] == 0xd1;
	case 0x22:			/* mov to cr0, cr3, cr4 */
		return middle == 0 || middle == 3 || middle == 4;
	case 0x30:			/* wrmsr */
		return true;
	case 0xae:			/* xrstor */
		return middle == 5 && p[2] < 0xc0;
	case 0xc7:			/* xrstors */
		return middle == 3 && p[2] < 0xc0;
	}
	return false;
}

typedef uint8_t bytes __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

static size_t count_in(const uint8_t *p, unsigned int n)
{
	size_t found = 0;

	for (; n--; p++)
		found += *p == 0x0f && is_one(p);
	return found;
}

/* 16 bytes at a time: few have the two that all begin with. */
static size_t count(const uint8_t *p, size_t n)
{
	const uint8_t *end = p + n;
	uint8_t last[32 + 2] = { 0 };
	size_t found = 0;
	bytes v, next;
	halves at;

	for (; end - p >= 32; p += 16) {
		memcpy(&v, p, 16);
		memcpy(&next, p + 1, 16);
		at = (halves)((v == 0x0f) &
			      ((next == 0x01) | (next == 0x22) |
			       (next == 0x30) | (next == 0xae) |
			       (next == 0xc7)));
		if (at[0] | at[1])
			found += count_in(p, 16);
	}
	memcpy(last, p, (size_t)(end - p));
	return found + count_in(last, 32);
}

/* Nothing to look for in an image that does not claim it. */
static bool is_claimed(const struct elf *e)
{
	static const char key[] = "\nimage=";
	const Elf64_Shdr *s = e->head->e_shnum ?
		elf_find(e, ".note.redoubt") : NULL;
	const char *note = s ? (char *)elf_bytes(e, s) : NULL, *end;

	note = s ? memmem(note, s->sh_size, key, sizeof(key) - 1) : NULL;
	if (!note)
		return false;
	note += sizeof(key) - 1;
	end = memchr(note, '\n', s->sh_size - (size_t)(note -
						(char *)elf_bytes(e, s)));
	return end && (memmem(note, (size_t)(end - note), "bytes ", 6) ||
		       (end - note >= 5 && !memcmp(end - 5, "bytes", 5)));
}

size_t stray_count(const struct elf *e, const struct order *o,
		   uint8_t *memory)
{
	size_t found = 0;

	if (!is_claimed(e))
		return 0;
	for (unsigned int i = 0; i < e->head->e_phnum; i++) {
		const uint8_t *p = memory_place(o, &e->seg[i], memory);

		if (p && e->seg[i].p_flags & PF_X)
			found += count(p, e->seg[i].p_filesz);
	}
	return found;
}
