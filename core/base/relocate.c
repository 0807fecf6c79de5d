/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>
#include <uk/essentials.h>
#include <uk/image.h>

uintptr_t uk_image_slide UK_RO_AFTER_INIT_ZERO;

/* RELR: an even word is the address of a pointer; an odd one says, bit by bit,
 * which of the 63 words behind the last place are pointers. 0 fills up what is
 * left over for another order of the image (docs/relink.md). A function of its
 * own after LTO, too: the report looks for it. */
UK_NOINLINE void uk_image_relocate(uintptr_t at, uintptr_t slide)
{
	uint64_t *next = NULL, *p, bits;
	const uint64_t *r;

	for (r = uk_image_relr_start; r < uk_image_relr_end; r++) {
		if (!*r)
			continue;
		if (!(*r & 1)) {
			next = (uint64_t *)(*r + at);
			*next++ += slide;
			continue;
		}
		for (p = next, bits = *r >> 1; bits; p++, bits >>= 1)
			if (bits & 1)
				*p += slide;
		next += 63;
	}
	uk_image_slide = slide;
}
