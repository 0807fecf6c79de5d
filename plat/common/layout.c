/* SPDX-License-Identifier: BSD-3-Clause */
#include "layout.h"

#include <uk/plat.h>

struct plat_layout plat_layout_draw(struct uk_draw *d, size_t len)
{
	const size_t slots = (PLAT_IMAGE_HIGHEST - PLAT_IMAGE_LOWEST) /
			     PLAT_IMAGE_SLOT;
	const size_t pages = (PLAT_IMAGE_SLOT - len) / UK_PAGE_SIZE + 1;

	return (struct plat_layout){
		.image = PLAT_IMAGE_LOWEST +
			 PLAT_IMAGE_SLOT * uk_draw(d, slots) +
			 UK_PAGE_SIZE * uk_draw(d, pages),
		.window = PLAT_WINDOW_LOWEST + PLAT_WINDOW_ALIGN *
			  uk_draw(d, PLAT_WINDOW_LEN / PLAT_WINDOW_ALIGN),
	};
}
