/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/probe.h>
#include <uk/selftest.h>

static int null_faults(struct uk_selftest_result *r)
{
	if (!(ukplat_info.features & UKPLAT_F_NULL_FAULTS)) {
		r->why = "on this platform page 0 is not ours to unmap";
		return UK_SELFTEST_SKIP;
	}
	r->why = "address 0 can be read";
	if (!uk_probe_faults(0, UKARCH_ACCESS_READ))
		return UK_SELFTEST_FAIL;
	r->why = "a null pointer plus a small offset can be written";
	if (!uk_probe_faults(0, UKARCH_ACCESS_WRITE) ||
	    !uk_probe_faults(UK_PAGE_SIZE - 1, UKARCH_ACCESS_WRITE))
		return UK_SELFTEST_FAIL;
	r->why = "address 0 can be called";
	if (!uk_probe_faults(0, UKARCH_ACCESS_EXEC))
		return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

/* From 0 to the image or core's own range, whichever comes first. */
static int low_memory(struct uk_selftest_result *r)
{
	uintptr_t end = (uintptr_t)uk_image_start, va = 0;
	unsigned int rights;
	uint64_t pa;
	size_t len;

	if (!(ukplat_info.features & UKPLAT_F_QUERY)) {
		r->why = "this platform cannot read its mappings";
		return UK_SELFTEST_SKIP;
	}
	if (ukplat_info.va_start < end)
		end = ukplat_info.va_start;
	for (; va < end; va += len) {
		len = 0;
		r->why = "memory below the image is mapped";
		if (ukplat_map_query(va, &pa, &rights, &len) == 0)
			return UK_SELFTEST_FAIL;
		r->why = "the walk over the mappings does not advance";
		if (len < UK_PAGE_SIZE || va + len < va)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

UK_SELFTEST(null, "page 0 can be neither read, written nor called",
	    null_faults);
UK_SELFTEST(null, "nothing is mapped below the image", low_memory);
