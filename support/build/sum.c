/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sum IMAGE: write the checksum of an image into it, in place.
 *
 * The image's first segment holds the ELF program headers, and behind them
 * four bytes for the sum (sum.h) over the bytes that the file gives to every
 * other loadable segment, in the order of the headers. The code that compares
 * it at boot is in that first segment too (plat/kvm/check.S). The sum
 * does not cover itself, so that writing it twice changes nothing.
 */
#include <elf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sum.h"

static const char *name;

static void die(const char *why)
{
	fprintf(stderr, "sum: %s: %s\n", name, why);
	exit(1);
}

static unsigned char *slurp(FILE *f, size_t *size)
{
	unsigned char *buf;
	long end;

	if (fseek(f, 0, SEEK_END) || (end = ftell(f)) < 0)
		die("cannot be read");
	rewind(f);
	*size = (size_t)end;
	buf = malloc(*size + 1);
	if (!buf || fread(buf, 1, *size, f) != *size)
		die("cannot be read");
	return buf;
}

/* Sum of the image; *at is where in the file it belongs. */
static uint32_t sum_of(const unsigned char *buf, size_t size, size_t *at)
{
	Elf64_Ehdr e;
	Elf64_Phdr p;
	uint32_t sum = SUM_BASIS;
	unsigned int i;

	if (size < sizeof(e))
		die("not an ELF file");
	memcpy(&e, buf, sizeof(e));
	if (memcmp(e.e_ident, ELFMAG, SELFMAG) ||
	    e.e_ident[EI_CLASS] != ELFCLASS64 || e.e_phentsize != sizeof(p))
		die("not an ELF file of 64 bits");
	if (e.e_phoff > size || e.e_phnum > (size - e.e_phoff) / sizeof(p))
		die("the program headers are not in the file");
	*at = e.e_phoff + e.e_phnum * sizeof(p);
	for (i = 0; i < e.e_phnum; i++) {
		memcpy(&p, buf + e.e_phoff + i * sizeof(p), sizeof(p));
		if (i == 0 && (p.p_type != PT_LOAD || p.p_offset != e.e_phoff ||
			       p.p_filesz < *at - e.e_phoff + sizeof(sum)))
			die("the first segment does not hold the headers and "
			    "the sum");
		if (i == 0 || p.p_type != PT_LOAD)
			continue;
		if (p.p_offset > size || p.p_filesz > size - p.p_offset)
			die("a segment is not in the file");
		sum = sum_add(sum, buf + p.p_offset, p.p_filesz);
	}
	return sum;
}

int main(int argc, char **argv)
{
	unsigned char *buf, bytes[4];
	uint32_t sum;
	size_t size, at;
	FILE *f;
	int i;

	name = argc == 2 ? argv[1] : "one file is needed";
	f = argc == 2 ? fopen(name, "r+b") : NULL;
	if (!f)
		die("cannot be opened");
	buf = slurp(f, &size);
	sum = sum_of(buf, size, &at);
	for (i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(sum >> 8 * i);
	if (fseek(f, (long)at, SEEK_SET) || fwrite(bytes, 4, 1, f) != 1 ||
	    fclose(f))
		die("cannot be written");
	free(buf);
	return 0;
}
