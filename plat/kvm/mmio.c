/* SPDX-License-Identifier: BSD-3-Clause */
#include "device.h"

#include <uk/errno.h>

int ukplat_mmio_device(unsigned int i, struct ukplat_mmio *out)
{
	if (i >= kvm_acpi.n_mmio)
		return -ENOENT;
	*out = kvm_acpi.mmio[i];
	return 0;
}
