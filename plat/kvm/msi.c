/* SPDX-License-Identifier: BSD-3-Clause */
/* Interrupts that are messages: a write to the local controller's address
 * names the CPU, its data the vector (Intel SDM 3A, 11.11). */
#include "device.h"

#include <uk/errno.h>
#include <uk/pci.h>

#define MESSAGES 0xfee00000ull
#define CPU_SHIFT 12

int ukplat_msi_register(ukplat_irq_fn fn, void *arg, struct ukplat_msi *msi)
{
	unsigned int vector;
	int rc = kvm_vector_take(KVM_LINE_NONE, fn, arg, &vector);

	if (rc)
		return rc == -ENOTSUP ? -ENODEV : rc;
	if (kvm_apic_id() > 0xff) {
		kvm_vector_drop();
		return -ENODEV;		/* needs an IOMMU that remaps */
	}
	msi->address = MESSAGES | (uint64_t)kvm_apic_id() << CPU_SHIFT;
	msi->data = vector;		/* edge, fixed */
	return 0;
}
