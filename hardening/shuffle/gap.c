/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pages between libraries that nothing is in: gone from the address space, as
 * soon as it is the final one. What wanders from one library into another, or
 * looks for one by trial, faults.
 */
#include <uk/image.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/shuffle.h>

static int unmap_gaps(void)
{
	const struct uk_shuffle_done *d = &uk_shuffle_done;
	int rc = 0;

	for (uint32_t i = 0; i < d->n_gaps && !rc; i++)
		rc = ukplat_unmap((uintptr_t)uk_image_start + d->gap[i].at,
				  d->gap[i].len);
	return rc;
}

uk_early_initcall_prio(unmap_gaps, 0);
