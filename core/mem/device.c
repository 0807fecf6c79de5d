/* SPDX-License-Identifier: BSD-3-Clause */
/* Mappings of what is not ours: registers, firmware tables, loaded files. */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/vm.h>
#include "extent.h"
#include "image.h"
#include "range.h"
#include "rights.h"

/* A frame of the image has one mapping, one of RAM belongs to whoever
 * allocated it: neither may be reached in a second way. */
static bool forbidden(uint64_t pa, uint64_t len)
{
	return MEM_WX && (mem_image_touches(pa, len) ||
			  mem_frame_touches(pa, len));
}

int uk_vm_map_device(const char *name, uint64_t pa, size_t len,
		     unsigned int rights, void **va)
{
	uint64_t start = UK_ALIGN_DOWN(pa, UK_PAGE_SIZE);
	struct mem_range r = {
		.name = name,
		.pa = start,
		.rights = (uint16_t)rights,
		.flags = MEM_HEAD,
	};
	int rc;

	if (!name || !len || len > SIZE_MAX - 2 * UK_PAGE_SIZE)
		return -EINVAL;
	r.len = UK_ALIGN_UP(len + (pa - start), UK_PAGE_SIZE);
	if (start > UINT64_MAX - r.len)
		return -EINVAL;
	rights &= ~UK_MEM_DEVICE;
	if (!rights)
		return -EINVAL;
	rc = rights & UK_MEM_X ? -EPERM : mem_rights_check(rights);
	if (rc)
		return rc;
	if (forbidden(start, r.len))
		return -EPERM;
	rc = mem_table_room(&mem_ranges, 1);
	if (rc)
		return rc;
	r.va = mem_place(r.len, 0, 0, start);
	if (!r.va)
		return -ENOMEM;
	rc = ukplat_map(r.va, start, r.len, r.rights);
	if (rc)
		return rc;
	mem_range_add(&r);
	*va = (void *)(r.va + (pa - start));
	return 0;
}
