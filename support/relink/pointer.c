/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include "mkkit.h"

/* Places of pointers that the image itself makes right (RELR), in order. */
static struct {
	uint64_t *at;
	size_t n;
} pointers;

void pointer_read(const struct build *b)
{
	const Elf64_Shdr *s = elf_find(&b->image, ".relr.dyn");
	const uint64_t *w = s ? (void *)elf_bytes(&b->image, s) : NULL;
	size_t n = s ? s->sh_size / 8 : 0;
	uint64_t next = 0;

	pointers.at = must(calloc(64 * n + 1, 8));
	for (; n--; w++) {
		if (*w & 1) {
			for (unsigned int i = 0; i < 63; i++)
				if (*w >> (i + 1) & 1)
					pointers.at[pointers.n++] =
						next + 8 * i;
			next += 63 * 8;
		} else if (*w) {
			pointers.at[pointers.n++] = *w;
			next = *w + 8;
		}
	}
}

bool pointer_is(uint64_t addr)
{
	size_t low = 0, high = pointers.n, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (pointers.at[mid] < addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low < pointers.n && pointers.at[low] == addr;
}

/* Each pointer that the image makes right is a field, and the other way. */
void pointer_check(const struct build *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->fields.n; i++)
		n += b->fields.at[i].kind == KIT_ABS64;
	if (elf_find(&b->image, ".relr.dyn") && n != pointers.n)
		die(b->image.file.name, "%zu pointers in the objects, %zu in "
		    "the image", n, pointers.n);
}
