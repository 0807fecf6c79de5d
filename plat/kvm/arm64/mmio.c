/* SPDX-License-Identifier: BSD-3-Clause */
#include "virt.h"

#include <uk/errno.h>

int ukplat_mmio_device(unsigned int i, struct ukplat_mmio *out)
{
	if (i >= kvm_fdt.n_mmio)
		return -ENOENT;
	*out = kvm_fdt.mmio[i];
	return 0;
}
