/* SPDX-License-Identifier: BSD-3-Clause */
/* A platform without devices in memory. */
#include <uk/errno.h>
#include <uk/mmio.h>

int ukplat_mmio_device(unsigned int i UK_UNUSED,
		       struct ukplat_mmio *out UK_UNUSED)
{
	return -ENOENT;
}
