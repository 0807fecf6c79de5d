/* SPDX-License-Identifier: BSD-3-Clause */
#include "layout.h"

#include <uk/plat.h>

struct pvh_layout pvh_layout_draw(struct uk_draw *d, size_t len)
{
	const size_t slots = (PVH_IMAGE_HIGHEST - PVH_IMAGE_LOWEST) /
			     PVH_IMAGE_SLOT;
	const size_t pages = (PVH_IMAGE_SLOT - len) / UK_PAGE_SIZE + 1;

	return (struct pvh_layout){
		.image = PVH_IMAGE_LOWEST + PVH_IMAGE_SLOT * uk_draw(d, slots) +
			 UK_PAGE_SIZE * uk_draw(d, pages),
		.window = PVH_WINDOW_LOWEST + PVH_WINDOW_ALIGN *
			  uk_draw(d, PVH_WINDOW_LEN / PVH_WINDOW_ALIGN),
	};
}
